### Moving an appointment to another time, by the patient.

## What the practice reads
reschedule-sentence = De patiënt heeft deze afspraak online verzet naar { $moment }.

## On a card and on an appointment's page
reschedule-short = Verzetten
reschedule-link = Afspraak verzetten
reschedule-other = Bekijk de andere afspraak
reschedule-moved = Verzet
reschedule-moved-title = Uw afspraak is verzet
reschedule-moved-to = U hebt deze afspraak verzet naar { $moment }.
reschedule-moved-next = De praktijk weet dat u op de nieuwe tijd komt. U hoeft niets meer te doen.
reschedule-asked = U wilt deze afspraak verzetten naar { $moment }. Tot dat zeker is, staat deze afspraak nog.
reschedule-leaving-tag = Wordt geannuleerd
reschedule-leaving-title = Deze afspraak wordt geannuleerd
reschedule-leaving = U hebt deze afspraak verzet naar { $moment }. De praktijk heeft nog niet bevestigd dat deze oude afspraak is geannuleerd. Hoort u morgen nog niets? Bel dan de praktijk.
reschedule-old-stands = Uw oude afspraak staat nog: { $moment }.
reschedule-old-stands-until = Uw oude afspraak staat nog: { $moment }. Die annuleren wij als de nieuwe afspraak zeker is.
reschedule-old-leaving = Uw oude afspraak van { $moment } wordt nog geannuleerd.
reschedule-old-refused = De praktijk kan uw oude afspraak van { $moment } niet online annuleren. Die staat dus nog. Komt u daar niet? Bel dan de praktijk.

## Choosing another time
reschedule-now = Uw afspraak nu:
reschedule-with-another = Bij iemand anders
reschedule-day-title = Naar welke dag wilt u verzetten?
reschedule-agenda-title = Bij wie wilt u de nieuwe afspraak?
reschedule-kept = Uw oude afspraak staat nog. Wat u schreef is bewaard.

## The check
reschedule-check-title = Wilt u uw afspraak zo verzetten?
reschedule-was = Was
reschedule-becomes = Wordt
reschedule-from-to = Uw afspraak wordt verzet van { $was } naar { $becomes }.
reschedule-at-once = U krijgt eerst de nieuwe tijd. Daarna annuleren wij de oude. U raakt uw plek dus niet kwijt.
reschedule-approval = De praktijk moet de nieuwe tijd nog goedkeuren. Tot dan staat uw oude afspraak nog. U krijgt bericht.
reschedule-yes = Ja, verzet deze afspraak
reschedule-yes-approval = Ja, vraag de nieuwe tijd aan
reschedule-no = Nee, terug
reschedule-impossible-title = U kunt deze afspraak niet online verzetten
reschedule-impossible = Wilt u op een andere tijd komen? Bel dan de praktijk. Uw afspraak staat nog.

## What a mail and a notification say
mail-rescheduled-said = U hebt deze afspraak zelf verzet. Uw praktijk weet dat ook. Op de oude tijd wordt u niet meer verwacht.
mail-beside-new = Nieuw
mail-beside-subject = U hebt nu twee afspraken
mail-beside-title = U hebt nu twee afspraken
mail-beside-refused = Uw nieuwe afspraak is bevestigd. Maar de praktijk kan uw oude afspraak niet online annuleren. Die staat dus nog. Komt u daar niet? Bel dan de praktijk. U ziet beide afspraken in uw overzicht.
mail-beside-both = Uw oude afspraak staat nog. U hebt nu dus twee afspraken. Hebt u er maar één nodig? Annuleer dan de andere. U ziet beide afspraken in uw overzicht.
mail-beside-waits = Uw oude afspraak is nog niet geannuleerd. U krijgt bericht als dat is gebeurd. Hoort u morgen nog niets? Bel dan de praktijk.
mail-beside-stands = Uw oude afspraak staat nog. In uw overzicht ziet u wanneer die is.
push-beside-title = U hebt nu twee afspraken
push-beside = Uw oude afspraak staat nog.
