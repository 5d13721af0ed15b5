### Notifications on a device: what they say, and the part of the preferences that is about them. Like a mail, a
### notification never says why, with whom or for what.

## What a notification says
push-news-title = There is news about your appointment
push-news-body = Open this notification to read the news. You log in first.
push-new-title = You have a new appointment
push-confirmed-title = Your appointment is confirmed
push-declined-title = Your request was declined
push-modified-title = Your appointment was changed
push-moved-title = Your appointment was moved
push-planned-again-title = Your appointment was planned again
push-cancelled-title = Your appointment was cancelled
push-reminder-title = Remember your appointment
push-at = On { $at }.
push-moved = Now on { $at }. It was { $was }.
push-asked = On { $at }. You asked for { $was }.
push-same-time = On { $at }. The start time stays the same.
push-off = The appointment on { $at } does not go ahead.
push-off-both = The appointment on { $was } does not go ahead. Nor does the one on { $at }.
push-message-title = A message is waiting for you
push-message-from = Message from { $sender }
push-message-body = Open this notification to read the message. You log in first.
push-message-at = Received on { $at }. You log in first to read it.
push-trial-title = Notifications work
push-trial-body = This is what a notification about your appointment looks like.

## The devices of a patient
push-title = Notifications
push-lead = Does something change about your appointment? Then you see it at once on your phone or computer.
push-absent = This website cannot send notifications now. You do get mail.
push-silent = You chose to get no notifications. Then no device gets them.
push-silent-change = Turn notifications on
push-here = This device
push-here-without-script = Turn on JavaScript in your browser to get notifications on this device.
push-here-on = This device gets notifications.
push-here-off = This device does not get notifications yet.
push-here-denied = You blocked notifications from this website. Allow them in the settings of your browser. Then come back to this page.
push-here-install = On an iPhone or iPad, first put this website on your home screen. Tap Share and choose ‘Add to Home Screen’. Then open the website from your home screen.
push-here-unsupported = This browser cannot show notifications. You do get mail.
push-here-failed = It did not work. Nothing has changed. Try again later.
push-turn-on = Get notifications on this device
push-turn-off = No more notifications on this device
push-devices = Devices with notifications
push-none = There are no devices with notifications yet.
push-device = { $browser } on { $system }
push-device-unknown = Unknown device
push-device-this = this device
push-since = Since { $date }
push-used = Last notification on { $date }
push-try = Send a trial notification
push-remove = Remove
push-tried-sent = The trial notification was sent. Turn on the device to see it.
push-tried-gone = This device does not get notifications any more. It is not in the list now.
push-tried-too-soon = You can send one trial notification each minute.
push-tried-not-now = The trial notification was not sent now. Try again later.
