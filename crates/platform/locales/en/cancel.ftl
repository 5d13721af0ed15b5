### Cancelling by the patient.

## What the practice reads when the patient wrote nothing
cancel-without-words = The patient has cancelled this appointment online.

## On a card and on an appointment's page
cancel-short = Cancel
cancel-link = Cancel the appointment
cancel-until = You can cancel this appointment online until { $moment }.
cancel-call-to-change = Would you rather have another time? Call
cancel-refused = The practice can no longer cancel this appointment online, so it still stands. Would you rather not come? Then call the practice.
cancel-tag = Cancellation sent
cancel-sent = Your cancellation has been sent
cancel-sent-next = The practice has not confirmed your cancellation yet. We will tell you as soon as the appointment has been cancelled. Is your appointment soon, or have you heard nothing by tomorrow? Then call the practice.
cancel-done = You have cancelled this appointment. The practice knows that you are not coming.

## The question
cancel-title = Do you want to cancel this appointment?
cancel-lead = The time will be free for somebody else. You cannot undo this.
cancel-words = Why do you cancel? (optional)
cancel-words-hint = The practice reads this. There is room for { $limit } characters.
cancel-yes = Yes, cancel this appointment
cancel-no = No, go back
cancel-impossible-title = You cannot cancel this appointment online
cancel-impossible = Would you rather not come, or at another time? Let the practice know.
