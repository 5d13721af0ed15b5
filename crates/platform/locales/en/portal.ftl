### The pages of the portal.

## Around every page
shell-skip = Skip to content
shell-back = Previous step
shell-menu = Main menu
shell-tagline = Your appointments
shell-appointments = Appointments
shell-book = New appointment
shell-preferences = Preferences
shell-log-out = Log out
shell-count = { $news ->
    [one] 1 appointment with news
   *[other] { $news } appointments with news
}
live-updated = This page has been updated

## Coming and going
welcome-title = Your appointments at the practice
welcome-lead = Here you make an appointment, and see what is in the practice’s diary.
welcome-log-in = Log in
welcome-book = You choose a time that is free.
welcome-read = You see all your appointments in one place.
welcome-told = Does anything change? We will tell you.
welcome-urgent = Is it urgent? Then call your practice.
logged-out-title = You are logged out
logged-out-lead = Are you using someone else’s computer? Then close the window too.
logged-out-again = Log in again

## When a page cannot be shown
problem-call = Call the practice:
problem-to-overview = To your appointments
problem-again = Try again
problem-log-in-again = Log in again
problem-no-page = This page does not exist
problem-no-page-advice = Perhaps the address was not copied correctly, or the page is not yours.
problem-foreign-form = Nothing was changed
problem-foreign-form-advice = This form came from another website, so we did nothing with it.
problem-unreadable-form = This form cannot be read
problem-unreadable-form-advice = Nothing was changed. Go back and try again.
problem-login-unavailable = You cannot log in right now
problem-login-unavailable-advice = Please try again in a few minutes.
problem-login-lost = The login was not finished
problem-login-lost-advice = It took too long, or you started in another window. Please log in again.
problem-login-refused = You are not logged in
problem-login-refused-advice = The login was stopped or did not work. You can try again.
problem-login-without-bsn = We do not know who you are
problem-login-without-bsn-advice = Your login service did not give us a citizen service number. Without it we cannot find your appointments. Call your practice.
problem-practice-down = Online planning is not possible right now
problem-practice-down-advice = The practice’s system does not answer right now. Your appointments stay as they are. Try again later, or call the practice.
problem-not-sent-advice = The practice’s system does not answer right now. Your appointment has not been requested yet. What you chose and wrote is kept. Try again in a few minutes, or call the practice.
problem-too-many = Please wait a moment
problem-too-many-advice = Too much is being asked at once. Nothing has changed. Wait a minute, then try again.
problem-broken = Something went wrong
problem-broken-advice = It is our fault. Please try again in a few minutes.

## Around times
shell-times-dutch = All times are Dutch time.
shell-times-local = All times are the practice’s local time.

## The overview
overview-title = Your appointments
overview-book = Make an appointment
overview-empty = You have no appointments.
overview-upcoming = Upcoming appointments
overview-awaiting = Waiting for the practice
overview-off = Not going ahead
overview-past = Earlier appointments
overview-more-past = Older appointments are no longer listed here.

## An appointment
card-what = Appointment
card-what-with = { $what } with { $who }
card-with = Appointment with { $who }
card-news = News:
card-was-time = Was
card-was-with = Was with { $before }.
card-was = Was { $before }.
card-message = Message from the practice
card-call-to-change = Change or cancel? Call
card-show = View
card-choose-again = Choose another time
card-new = New
card-confirmed = Confirmed
card-modified = Changed
card-planned-again = Planned again
card-pending = Waiting for the practice
card-checking = We are checking this
card-checking-failed = Call the practice
card-cancelled = Cancelled
card-declined = Declined
card-failed = Did not succeed
card-next-pending = The practice still has to approve this appointment. We will tell you.
card-next-checking = We do not know yet whether the practice has this appointment. Do not make a new one for the same complaint. You can wait here, or come back later.
card-next-checking-failed = We cannot see whether the practice has this appointment. Call the practice to ask.
card-next-failed = This appointment is not in the practice’s diary. What you wrote has been kept.

## One appointment in full
appointment-back = Back to your appointments
appointment-all = All your appointments
appointment-to-calendar = Add to my calendar
appointment-call = Questions? Call
appointment-booked = Your appointment
appointment-confirmed = Your appointment is confirmed
appointment-confirmed-next = The appointment is in the practice’s diary. There is nothing else you need to do.
appointment-modified = Your appointment has been changed
appointment-planned-again = Your appointment has been planned again
appointment-pending = Your request has been sent
appointment-checking = We are checking your appointment
appointment-checking-failed = Call the practice about your appointment
appointment-cancelled = Your appointment has been cancelled
appointment-declined = Your request has been declined
appointment-refused = Online planning is not possible right now
appointment-failed = Your appointment was not made
fact-date = Date
fact-when = When
fact-what = Appointment
fact-time = Time
fact-kind = Type of appointment
fact-with = With
fact-where = Where
fact-map = See the place on OpenStreetMap
fact-changed = Changed
fact-reason = Your reason

## Booking
book-back = Back
book-next = Continue
book-change = Change
book-mend = Something is not right
book-mend-title = Error:
book-step-1 = Step 1 of 6
book-step-2 = Step 2 of 6
book-step-3 = Step 3 of 6
book-step-4 = Step 4 of 6
book-step-5 = Step 5 of 6
book-step-6 = Step 6 of 6
book-urgent = Urgent
book-urgent-call = Is it urgent? Call
book-urgent-danger = If a life is in danger, call
book-practice-title = At which practice do you want an appointment?
book-no-practice-title = You do not belong to a practice yet
book-no-practice = Add your practice first. After that you can make an appointment here.
book-type-title = What kind of appointment do you want?
book-no-types-title = You cannot make an appointment here right now
book-no-types = This practice has no appointments that you can make online at the moment.
book-agenda-title = With whom do you want an appointment?
book-first-free = First free time: { $day }, { $time }
book-nothing-free-title = There are no free times
book-nothing-free = Everything is taken for the next four weeks. Choose another type of appointment or another diary, or call the practice.
book-day-title = On which day do you want to come?
book-first = First free time:
book-free = { $count ->
    [one] 1 time free
   *[other] { $count } times free
}
book-week = { $first } to { $last }
book-week-empty = There are no free times on these days.
book-other-days-full = There are no free times on the other days.
book-weeks = Other weeks
book-earlier = Earlier week
book-later = Later week
book-time-title = At what time do you want to come on { $day }?
book-time-unanswered = Choose a time.
book-morning = Morning
book-afternoon = Afternoon
book-evening = Evening
book-duration = The appointment takes
book-other-day = Another day
book-slot-gone = Timeslot no longer available, please choose another timeslot
book-slot-gone-kept = What you chose and wrote has been kept.
book-nearest = Times close to it
book-all-days = See all days
book-reason-title = What is it about?
book-reason-hint = Describe the problem in a few sentences. The practice reads this before your appointment. There is room for 500 characters.
book-reason-counted = { $count } of { $limit } characters
book-reason-empty = Write what it is about.
book-reason-too-long = Your text has { $count } characters. There is room for { $limit }. Make your text shorter.
book-reason-unprintable = Character { $position } of your text cannot be sent. Please remove it.
book-check-title = Is everything right?
book-changed = Your choice has changed
book-changed-advice = You chose something else in another window. See whether this is what you want.
book-check-approval = The practice still has to approve your request. We will tell you.
book-check-at-once = The appointment goes straight into the practice’s diary.
book-send = Make the appointment
book-send-request = Request the appointment

## A practice whose system is in trouble
unheard-today = The system of { $practice } does not answer right now. Your appointments there were updated at { $time }.
unheard-before = The system of { $practice } does not answer right now. Your appointments there were updated on { $moment }.
