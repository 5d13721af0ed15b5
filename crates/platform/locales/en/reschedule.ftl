### Moving an appointment to another time, by the patient.

## What the practice reads
reschedule-sentence = The patient has moved this appointment online to { $moment }.

## On a card and on an appointment's page
reschedule-short = Reschedule
reschedule-link = Reschedule appointment
reschedule-other = Show the other appointment
reschedule-moved = Rescheduled
reschedule-moved-title = Your appointment has been rescheduled
reschedule-moved-to = You rescheduled this appointment to { $moment }.
reschedule-moved-next = The practice expects you at the new time. You do not need to do anything else.
reschedule-asked = You want to reschedule this appointment to { $moment }. Until that is certain, this appointment still stands.
reschedule-leaving-tag = Being cancelled
reschedule-leaving-title = This appointment is being cancelled
reschedule-leaving = You rescheduled this appointment to { $moment }. The practice has not yet confirmed that this old appointment is cancelled. Have you not heard by tomorrow? Please call the practice.
reschedule-old-stands = Your old appointment still stands: { $moment }.
reschedule-old-stands-until = Your old appointment still stands: { $moment }. We will cancel it once the new appointment is certain.
reschedule-old-leaving = Your old appointment on { $moment } is being cancelled.
reschedule-old-refused = The practice cannot cancel your old appointment on { $moment } online. So it still stands. Will you not be there? Please call the practice.

## Choosing another time
reschedule-now = Your appointment now:
reschedule-with-another = With someone else
reschedule-day-title = To which day do you want to reschedule?
reschedule-agenda-title = Who do you want the new appointment with?
reschedule-kept = Your old appointment still stands. What you wrote has been kept.

## The check
reschedule-check-title = Do you want to reschedule like this?
reschedule-was = Was
reschedule-becomes = Becomes
reschedule-from-to = Your appointment will move from { $was } to { $becomes }.
reschedule-at-once = You get the new time first. Only then do we cancel the old one. So you will not lose your place.
reschedule-approval = The practice still has to approve the new time. Until then your old appointment stands. You will hear from us.
reschedule-yes = Yes, reschedule this appointment
reschedule-yes-approval = Yes, request the new time
reschedule-no = No, go back
reschedule-impossible-title = You cannot reschedule this appointment online
reschedule-impossible = Would you like to come at another time? Please call the practice. Your appointment still stands.

## What a mail and a notification say
mail-rescheduled-said = You rescheduled this appointment yourself. Your practice knows. You are no longer expected at the old time.
mail-beside-new = New
mail-beside-subject = You now have two appointments
mail-beside-title = You now have two appointments
mail-beside-refused = Your new appointment is confirmed. But the practice cannot cancel your old appointment online. So it still stands. Will you not be there? Please call the practice. You will find both appointments in your overview.
mail-beside-both = Your old appointment still stands. So you now have two appointments. Do you need only one of them? Please cancel the other. You will find both appointments in your overview.
mail-beside-waits = Your old appointment has not been cancelled yet. You will hear when it is. Have you not heard by tomorrow? Please call the practice.
mail-beside-stands = Your old appointment still stands. Your overview shows when it is.
push-beside-title = You now have two appointments
push-beside = Your old appointment still stands.
