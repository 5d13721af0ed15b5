### What a patient reads in a mail. It never says why, with whom or for what.

## Every mail
mail-open = View your appointment
mail-log-in = You log in first, so that only you see the details.
mail-link = Does the button not work? Use this link:
mail-automatic = This is an automatic mail. A reply to it does not reach your practice.

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
