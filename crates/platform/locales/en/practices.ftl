### The practices of a patient.

practices-title = Your practices
practices-none = You have not added a practice yet.
practices-book = Make an appointment
practices-remove = Remove
practices-add = Add a practice
practices-back = Your practices
practices-added = { $practice } was added. You can make appointments at this practice here now.
practices-removed = The practice is no longer in your list.

## Adding
practices-add-title = Which practice do you want to add?
practices-add-hint = Type the name or the town of the practice, or a part of it. The AGB code will do too.
practices-search = Search
practices-found = Practices found
practices-found-none = We found no practice with this name. See if the name is spelt right. Perhaps you cannot make appointments online at your practice.
practices-we-ask = If you choose a practice, we ask the practice whether you are a patient there.
practices-own = This practice is in your list already.
practices-add-this = Add
practices-unknown-title = { $practice } cannot find you
practices-unknown = You are not in the practice's system. So the practice was not added.
practices-unknown-advice = Are you a patient there? Then call the practice.
practices-other = Search for another practice

## Removing
practices-remove-title = Remove { $practice }?
practices-remove-lead = The practice will no longer be in your list. Your earlier appointments and messages stay. You can add the practice again later.
practices-remove-yes = Remove
practices-remove-no = Do not remove
practices-has-visits-title = You cannot remove { $practice } now
practices-has-visits = You still have an appointment at this practice. Cancel the appointment first. Or wait until the appointment is over.
