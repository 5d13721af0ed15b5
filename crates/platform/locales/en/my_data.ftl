### What is kept of a patient.

shell-my-data = My data
shell-account-menu = Your account
my-data-title = My data
my-data-back = My data
my-data-lead = Here you see what we keep about you. What you write and your citizen service number are kept encrypted.
my-data-name = Name
my-data-mail = Email address
my-data-no-mail = We have no email address of yours.
my-data-show = View
my-data-access-title = Who has looked at my data?
my-data-access = You can see who has viewed or changed your data, and when.
my-data-access-show = View
my-data-download-title = Download my data
my-data-download = You get one zip file. It holds your details, your appointments, your messages and the files you were sent. It also says who has looked at your data. Keep it in a safe place.
my-data-download-do = Download
my-data-delete-title = Delete my account
my-data-delete = You first read what will happen.
my-data-delete-ask = Delete account

## Deleting
my-data-delete-question = Do you want to delete your account?
my-data-delete-final = This cannot be undone.
my-data-ahead-title = You still have appointments
my-data-ahead = These appointments stay in the practice's agenda. If you do not want to go, cancel them first. You will not hear from us about them any more.
my-data-goes-title = This we delete at once
my-data-goes-account = Your name, your email address, the list of your practices and your preferences.
my-data-goes-visits = Your appointments as you see them here, with what you wrote.
my-data-goes-messages = The messages of your practices, with the files.
my-data-goes-devices = The notifications on your devices. You are logged out on all your devices.
my-data-stays-title = This is kept
my-data-kept-log = The list of who viewed or changed your data. By law we must keep it for { $years } years, with your citizen service number. The list is protected and nobody can change it.
my-data-stays-practice = What your practice has in its own system. That is up to the practice.
my-data-download-first = Do you want to download your data first? Then go back to
my-data-delete-yes = Yes, delete my account
my-data-delete-no = No, go back
my-data-awaiting-title = Your account cannot be deleted now
my-data-awaiting = We are still waiting for an answer from a practice about one of your appointments. Try again in a quarter of an hour.
my-data-deleted-title = Your account was deleted
my-data-deleted = You are logged out. You will not get any more messages from us.
my-data-deleted-again = Do you want to make appointments online again later? Then log in again. You will start with an empty account.
