### The mail address of a patient, and the code that proves it.

address-name = Email address
address-title = At which email address do you want to hear from us?
address-first = You will hear from us when something changes about your appointment. You can also fill this in later.
address-hint = We will send a code to this address. That way we know that it is right.
address-old-told = We will let you know at your old address that it was changed.
address-send = Send the code
address-later = Later
address-wrong = This is not an email address. An email address looks like this: name@example.com
address-too-many = You have asked for a code too often. Try again in an hour.
address-too-soon = You have only just been sent a code. Wait a minute before you ask for a new one.
address-other = Another email address
address-code-title = Which code is in the email?
address-code-sent = We have sent a code to
address-code-hint = The code has 6 digits and is valid for 10 minutes. No email? Look in your spam folder too.
address-code-check = Check the code
address-code-again = Send a new code
address-code-wrong = This code is not right. Have another look at the last email that you had from us.
address-code-over = This code is no longer valid. Ask for a new code.
address-sent-again = A new code is on its way. The one before is no longer valid.
overview-no-address = We have no email address for you. So you get no email when something changes.
overview-give-address = Fill in your email address

## The mail with the code
mail-open-code = Fill in the code
mail-code-subject = Your code for { $sender }
mail-code-title = Your code
mail-code-said = Fill in this code on the page that you have open. The code is valid for 10 minutes.
mail-code-not-you = You did not ask for this? Then you need not do anything. Give the code to nobody.

## The mail to the address that was left
mail-former-subject = Your email address at { $sender } was changed
mail-former-title = Your email address was changed
mail-former-said = From now on we will send no email to this address.
mail-former-not-you = Did you not do this yourself? Then log in and see which address is in your preferences. Call your practice too.
