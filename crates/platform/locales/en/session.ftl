### Staying logged in, being logged out, and logins that do not go well.

session-title = Are you still there?
session-soon = We will log you out in 2 minutes. That way nobody else sees your details.
session-longest = You have been logged in for almost 8 hours. We will log you out in 2 minutes. Finish what you are doing.
session-over-kept = You are logged out. What you wrote is still here. Send it: you will log in again, and it is kept.
session-stay = Stay logged in
session-close = Close
session-without-script = If you do nothing for 15 minutes, we will log you out.
session-ended-title = You are logged out
session-ended = You did nothing for 15 minutes, or you had been logged in for 8 hours. So we have logged you out. That way nobody else sees your details.
session-ended-again = Log in again
logged-out-provider = You may still be logged in at your login service. Do others use this computer too? Then log out there as well.
logged-out-at-provider = Log out at the login service too
problem-login-too-weak = You need a safer way to log in
problem-login-too-weak-advice = Your login service is not sure enough who you are. Log in again and choose a safer way. An example is an app in which you had your identity document checked. If that does not work, call your practice.
