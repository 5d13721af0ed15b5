### What practices write to patients, and how they invite them.

## In the menu and the overview
shell-messages = Messages
shell-messages-count = { $unread ->
    [one] 1 new message
   *[other] { $unread } new messages
}
overview-messages = { $unread ->
    [one] You have 1 new message from your practice.
   *[other] You have { $unread } new messages from your practice.
}
overview-messages-read = Read messages

## The list
messages-title = Your messages
messages-lead = Here you read what your practice writes to you.
messages-empty = You have no messages yet.
messages-new = New
messages-pages = More messages
messages-newer = Newer messages
messages-older = Older messages

## One message
message-title = Message from your practice
message-back = Back to your messages
message-files = Attachments
message-files-hint = An attachment that you download is saved on the device that you are using now. Is it somebody else's? Then remove the attachment afterwards.
message-file-open = Open
message-file-enlarge = View larger:
message-file-keep = Download
message-file-pdf = PDF
message-file-image = image
message-file-word = Word document
message-file-excel = Excel file
message-file-other = file
message-no-answer = You cannot reply here.
message-call = Questions? Call

## An invitation
invitation-title = { $practice } invites you
invitation-lead = You can make appointments online at this practice. You also read the practice's messages here.
invitation-log-in-first = Log in first. Then you add the practice.
invitation-log-in = Log in
invitation-add-title = Do you want to add { $practice }?
invitation-add-lead = You can then make appointments online at this practice. The practice can also send you messages.
invitation-mail = From now on we send mail to this address: { $mail }
invitation-add = Add the practice
invitation-not-now = Not now
invitation-added-title = { $practice } has been added
invitation-added-lead = You can now make appointments at this practice here.
invitation-book = Make an appointment
invitation-used-title = This invitation has been used
invitation-used-lead = Did you do that yourself? Then all is done. Log in to see your appointments and messages.
invitation-expired-title = This invitation has expired
invitation-expired-lead = An invitation is valid for 30 days. Ask { $practice } for a new one.
invitation-unknown-title = We do not know this invitation
invitation-unknown-lead = Perhaps the address was not copied well. Open the link in the mail again, or ask your practice for a new invitation.
invitation-anothers-title = This invitation is for somebody else
invitation-anothers-lead = You are not logged in as the person who was invited. Nothing was changed.
invitation-not-known-title = { $practice } cannot find you
invitation-not-known-lead = You are not in the practice's system. That is why the practice was not added.
