### Afspraken maken: wat de praktijk kiest, en de link op haar eigen site.

book-anyone = Geen voorkeur

## De link op de site van de praktijk
link-title = Afspraak maken bij { $practice }
link-not-added = Deze praktijk staat nog niet in uw lijst.
link-we-ask = Wij vragen de praktijk eerst of u daar patiënt bent. Daarna kiest u een tijd.
link-add = Toevoegen en verdergaan
link-not-now = Nu niet
link-unknown-title = Wij kennen deze praktijk niet
link-unknown = De link klopt misschien niet. Of deze praktijk gebruikt Balie niet meer.
link-unknown-advice = Zoek uw praktijk op naam of plaats. Of bel uw praktijk.
link-search = Een praktijk zoeken

## Voordat online plannen begint
opening-title = Online afspraken maken kan nog niet
opening-from = U kunt hier online een afspraak maken vanaf { $moment }.
opening-until-then = Wilt u eerder een afspraak? Neem dan contact op met de praktijk.
