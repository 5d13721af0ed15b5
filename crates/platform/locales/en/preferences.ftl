### The preferences of a patient, and the way out of reminders.

## Every answer so far
preferences-title = Preferences
preferences-lead = Here you choose how we keep you informed.
preferences-kept = Your choice has been saved.
preferences-change = Change
preferences-keep = Save
preferences-cancel = Change nothing
preferences-back = Back to your preferences
preferences-silent-title = We do not notify you at the moment
preferences-silent = Does anything change? Then you only see it when you log in, by the number beside Appointments. Do you want to miss nothing? Choose mail or notifications.

## The questions
preferences-language-name = Language
preferences-language-title = In which language do you want to read?
preferences-language-hint = This is for this website, for mails and for notifications.
preferences-channels-name = How we tell you
preferences-channels-title = How do you want to be told?
preferences-channels-hint = If you choose nothing, you only see news when you log in.
preferences-channels-none = Not at all
preferences-by-mail = Mail
preferences-by-push = Notifications
preferences-by-push-hint = On the phones and computers that you choose for it.
preferences-no-address = We do not have a mail address for you.
preferences-appointments-name = News about an appointment
preferences-appointments-title = What may we say about your appointment?
preferences-appointments-hint = Can others see your mail or your screen? Then choose less. Why you come is never in it.
preferences-appointments-example-1 = ‘There is news about your appointment.’
preferences-appointments-example-2 = ‘Your appointment has been moved to { $at }.’
preferences-appointments-example-3 = ‘Your appointment at Praktijk De Linde, Lindelaan 4, Utrecht has been moved to { $at }.’ With a file for your calendar.
preferences-messages-name = News about a message
preferences-messages-title = What may we say about a message from your practice?
preferences-messages-hint = What the practice writes to you, you always read after logging in.
preferences-messages-example-1 = ‘There is a message waiting for you.’
preferences-messages-example-2 = ‘There is a message waiting for you. Received: { $at }.’
preferences-messages-example-3 = ‘There is a message from Praktijk De Linde waiting for you. Received: { $at }.’
preferences-level-1 = Only that there is news
preferences-level-2 = The day and the time too
preferences-level-3 = At which practice too
preferences-reminders-name = Reminder
preferences-reminders-title = When do you want a reminder of your appointment?
preferences-reminders-hint = A reminder comes between 8 in the morning and 9 in the evening. Is an appointment cancelled? Then none comes.
preferences-remind-day = 1 day before
preferences-remind-two-days = 2 days before
preferences-remind-two-hours = 2 hours before
preferences-remind-off = No reminder
preferences-remind-minutes = { $minutes } minutes before

## Mail
preferences-mail = Mail
preferences-mail-to = Your mail address is
preferences-mail-off = You get no mail about your appointments at the moment.
preferences-no-address-said = We do not have a mail address for you. That is why you get no mail.
preferences-try-mail = Send a test mail
preferences-tried-waiting = The test mail is on its way to { $address }. Have a look in your mail soon, in the spam folder too.
preferences-tried-sent = The test mail was sent to { $address } at { $at }. Did you not get it? Look in the spam folder too.
preferences-tried-again = The test mail to { $address } has not been sent yet. We will try again.
preferences-tried-failed = The test mail could not be sent to { $address }. Is this address right?
preferences-tried-soon = You have just asked for a test mail. Wait a minute and try again.

## The way out of reminders
stop-title = Do you want no more reminders?
stop-lead = You will get no more reminders of your appointments. Does anything about an appointment change? We will still tell you.
stop-button = Stop the reminders
stop-done-title = You get no more reminders
stop-done = Does anything about an appointment change? We will still tell you. Do you want reminders again? Log in and choose so under Preferences.
stop-preferences = To your preferences
