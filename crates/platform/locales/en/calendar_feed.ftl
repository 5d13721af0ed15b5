### Appointments in the patient's own calendar.

# What the calendar is called.
feed-calendar = Appointments by { $platform }

## The page
feed-title = Your appointments in your calendar
feed-lead = Put all your appointments in the calendar of your phone or computer. Does anything change? Then it changes there too.
feed-what = Your calendar shows the day, the time and the practice. It never shows what you come for.
feed-others = Can somebody else see your calendar? Then they see these appointments too.
feed-make = Make my calendar address
feed-since = You have had a calendar address since { $date }.
feed-fetched = A calendar last looked on { $at }.
feed-not-fetched = No calendar has looked yet.
feed-again = Nothing has changed now. Can you no longer see your address? Then make a new one.

## The address, shown once
feed-made-title = Your calendar address is ready
feed-made-once = We show this address only once. Put it in your calendar now.
feed-address = Your calendar address
feed-copy = To copy it on a phone: hold your finger on the address. Choose ‘Select all’ and then ‘Copy’. On a computer, click on the address. Press Ctrl and A, and then Ctrl and C.
feed-secret = Give this address to nobody. Whoever has it can see your appointments.
feed-apple-title = On an iPhone, iPad or Mac
feed-apple = Tap this button. Then choose ‘Subscribe’.
feed-apple-open = Put in the calendar of this device
feed-google-title = Google Calendar
feed-google = Open Google Calendar on a computer. Click the plus beside ‘Other calendars’ and choose ‘From URL’. Paste the address and click ‘Add calendar’.
feed-google-slow = Google looks only a few times a day whether anything has changed.
feed-outlook-title = Outlook
feed-outlook = Open Outlook and go to the calendar. Choose ‘Add calendar’ and then ‘Subscribe from web’. Paste the address and choose ‘Import’.
feed-ready = I have put the address in my calendar

## Another, or none
feed-renew-title = Lost the address, or does somebody else know it?
feed-renew-lead = Then make a new address. The old address stops working at once. Put the new address in your calendar after that.
feed-renew = Make a new address
feed-stop-title = Do you want to stop?
feed-stop-lead = The address then stops working at once. Remove the calendar from your phone or computer too.
feed-stop = Stop my calendar address
feed-stopped = Your calendar address no longer works.

## Where it is linked
feed-link = Put all your appointments in your calendar
