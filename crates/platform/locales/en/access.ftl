### Who has looked at my data.

access-title = Who has looked at my data
access-lead = Here you see who looked at your data or changed it, and when. The newest comes first.
access-back = Back to your data
access-own-too = Also show what I did myself
access-others-only = Only show what others did
access-empty = Nobody has done anything with your data yet.
access-pages = More days
access-newest = To the newest
access-older = What came before
access-kept = We keep this list for five years at least. Nobody can change anything in it.
access-question = Is there something you do not trust? Please call your practice.
access-times = { $times }{ "\u00A0" }times

## Who
access-you = You
access-some-practice = A practice
access-balie = Balie
access-operator = An operator of Balie
access-nobody = Somebody who was not logged in

## What
access-did = { $own ->
    [yes] have
   *[no] has
}
access-appointment-view = { access-did } looked at your appointments
access-draft = { access-did } looked at your request once more
access-calendar = { access-did } fetched an appointment for a calendar
access-feed = { access-did } fetched your appointments with your calendar address
access-news = { access-did } seen that an appointment changed
access-request = { access-did } asked for an appointment
access-reschedule = { access-did } asked to reschedule an appointment
access-cancel = { access-did } cancelled an appointment
access-answer = { access-did } handled the practice's answer about an appointment
access-reminder = { access-did } reminded you of an appointment
access-made = { access-did } made an appointment for you
access-changed = { access-did } changed your appointment
access-unchanged = { access-did } sent your appointment again. Nothing changed
access-response = { access-did } answered your request
access-notices = { access-did } checked whether you were told about an appointment
access-message = { access-did } sent you a message
access-messages-read = { access-did } read your messages
access-attachment = { access-did } fetched a file that came with a message
access-joined = { access-did } added a practice
access-left = { access-did } took a practice off your list
access-invited = { access-did } invited you
access-login = { access-did } logged { $own ->
    [yes] in
   *[no] you in
}
access-logout = { access-did } logged { $own ->
    [yes] out
   *[no] you out
}
access-search = { access-did } searched whether you are known here
access-preferences = { access-did } changed your settings
access-data-view = { access-did } looked at your data and settings
access-download = { access-did } downloaded your data
access-push = { access-did } set or tried how you are told
access-refused = { access-did } tried something with your data. That was not permitted
access-other = { access-did } done something with your data
