### Cancelling by the patient.

## What the practice reads when the patient wrote nothing
cancel-without-words = De patiënt heeft deze afspraak online geannuleerd.

## On a card and on an appointment's page
cancel-short = Annuleren
cancel-link = Afspraak annuleren
cancel-until = Tot { $moment } kunt u deze afspraak online annuleren.
cancel-call-to-change = Liever een andere tijd? Bel
cancel-refused = De praktijk kan deze afspraak niet meer online annuleren. De afspraak staat dus nog. Wilt u niet komen? Bel dan de praktijk.
cancel-tag = Annulering verstuurd
cancel-sent = Uw annulering is verstuurd
cancel-sent-next = De praktijk heeft uw annulering nog niet bevestigd. U krijgt bericht zodra de afspraak is geannuleerd. Is uw afspraak al snel? Of hoort u morgen nog niets? Bel dan de praktijk.
cancel-done = U hebt deze afspraak geannuleerd. De praktijk weet dat u niet komt.

## The question
cancel-title = Wilt u deze afspraak annuleren?
cancel-lead = De tijd komt dan vrij voor iemand anders. U kunt dit niet ongedaan maken.
cancel-words = Waarom annuleert u? (niet verplicht)
cancel-words-hint = De praktijk leest dit. Er passen { $limit } tekens.
cancel-yes = Ja, annuleer deze afspraak
cancel-no = Nee, terug
cancel-impossible-title = U kunt deze afspraak niet online annuleren
cancel-impossible = Wilt u niet komen, of op een andere tijd? Laat het de praktijk weten.
