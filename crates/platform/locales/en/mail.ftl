### What a patient reads in a mail. It never says why, with whom or for what.

## Every mail
mail-open = View your appointment
mail-open-message = Read the message
mail-open-invitation = Log in and start
mail-open-test = Go to your preferences
mail-log-in = You log in first, so that only you see the details.
mail-link = Does the button not work? Use this link:
mail-automatic = This is an automatic mail. A reply to it does not reach your practice.
mail-preferences = Choose which mails you get
mail-stop = Stop the reminders

## There is news, and no more
mail-news-subject = News about your appointment
mail-news-title = There is news about your appointment

## The visit
mail-when = When
mail-was = Was
mail-becomes = Now
mail-not-on = Not on
mail-nor-on = Also not on
mail-asked = Requested
mail-where = Where
mail-phone = Phone

## Each kind
mail-new-subject = New appointment on { $at }
mail-new-title = You have a new appointment
mail-confirmed-subject = Your appointment on { $at } is confirmed
mail-confirmed-title = Your appointment is confirmed
mail-confirmed-moved = Please note: the time is not the one that you asked for.
mail-declined-subject = Your request for { $at } was declined
mail-declined-title = Your request was declined
mail-declined-next = This appointment will not take place. You can choose another time.
mail-modified-subject = Your appointment on { $at } has changed
mail-modified-title = Your appointment has changed
mail-modified-same-time = The day and the starting time stay the same. Log in to see what is different.
mail-moved-subject = Your appointment has moved to { $at }
mail-moved-title = Your appointment has moved
mail-planned-again-subject = Your appointment is planned again on { $at }
mail-planned-again-title = Your appointment is planned again
mail-cancelled-subject = Your appointment on { $at } is cancelled
mail-cancelled-title = Your appointment is cancelled
mail-cancelled-said = This appointment will not take place.
mail-soon-subject = Reminder of your appointment
mail-soon-title = You have an appointment soon
mail-reminder-subject = Reminder: your appointment on { $at }
mail-reminder-title = Remember your appointment
mail-reminder-said = Can you not come? Then let your practice know soon.
mail-you-cancelled-subject = You cancelled your appointment on { $at }
mail-you-cancelled-title = You cancelled your appointment
mail-you-cancelled-said = This appointment will not take place, and your practice knows. Was this not you? Then call your practice.

## A message of the practice
mail-message-subject = There is a message for you
mail-message-title = There is a message for you
mail-message-from-subject = Message from { $sender }
mail-message-from-title = There is a message for you from { $sender }
mail-received = Received

## An invitation
mail-invitation-subject = Invitation from { $sender }
mail-invitation-message-subject = { $sender } has a message for you
mail-invitation-title = { $sender } invites you
mail-invitation-said = With this practice you can make appointments online, and see when you are expected.
mail-invitation-message = There is also a message for you. It is kept for 30 days. You can read it once you have logged in.
mail-invitation-free = Would you rather not? Then you need not do anything.

## A test
mail-test-subject = Test mail from { $sender }
mail-test-title = Your mail works
mail-test-said = You asked for this test mail yourself. Now you know that our mails reach you.

## The calendar
mail-calendar-request = With this mail comes your appointment for your calendar. Please note: an answer in your calendar does not reach your practice, so it does not cancel the appointment.
mail-calendar-cancel = With this mail comes a message for your calendar. It takes the appointment out of your calendar.
calendar-at = Appointment at { $practice }
calendar-plain = Appointment
calendar-described = View or cancel it? This page says how. An answer in your calendar does not reach your practice.
