### Making appointments: what the practice chooses, and the link on its own site.

book-anyone = No preference

## The link on the practice's own site
link-title = Make an appointment at { $practice }
link-not-added = This practice is not in your list yet.
link-we-ask = We first ask the practice whether you are a patient there. Then you choose a time.
link-add = Add and go on
link-not-now = Not now
link-unknown-title = We do not know this practice
link-unknown = Perhaps the link is not right. Or this practice no longer uses Balie.
link-unknown-advice = Search for your practice by name or town. Or call your practice.
link-search = Search for a practice

## Before online planning begins
opening-title = You cannot make appointments online yet
opening-from = You can make an appointment here online from { $moment }.
opening-until-then = Do you want an appointment sooner? Then contact the practice.
