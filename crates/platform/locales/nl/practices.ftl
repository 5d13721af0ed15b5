### De praktijken van een patiënt.

practices-title = Uw praktijken
practices-none = U hebt nog geen praktijk toegevoegd.
practices-book = Afspraak maken
practices-remove = Verwijderen
practices-add = Praktijk toevoegen
practices-back = Uw praktijken
practices-added = { $practice } is toegevoegd. U kunt hier nu afspraken maken bij deze praktijk.
practices-removed = De praktijk staat niet meer in uw lijst.

## Toevoegen
practices-add-title = Welke praktijk wilt u toevoegen?
practices-add-hint = Vul de naam of de plaats van de praktijk in, of een deel daarvan. De AGB-code mag ook.
practices-search = Zoeken
practices-found = Gevonden praktijken
practices-found-none = Wij vonden geen praktijk met deze naam. Kijk of u de naam goed hebt geschreven. Misschien kunt u bij uw praktijk niet online afspraken maken.
practices-we-ask = Kiest u een praktijk? Dan vragen wij de praktijk of u daar patiënt bent.
practices-own = Deze praktijk staat al in uw lijst.
practices-add-this = Toevoegen
practices-unknown-title = { $practice } kan u niet vinden
practices-unknown = U staat niet in het systeem van de praktijk. Daarom is de praktijk niet toegevoegd.
practices-unknown-advice = Bent u daar wel patiënt? Bel dan de praktijk.
practices-other = Een andere praktijk zoeken

## Verwijderen
practices-remove-title = { $practice } verwijderen?
practices-remove-lead = De praktijk staat dan niet meer in uw lijst. Uw eerdere afspraken en berichten blijven staan. U kunt de praktijk later weer toevoegen.
practices-remove-yes = Verwijderen
practices-remove-no = Niet verwijderen
practices-has-visits-title = U kunt { $practice } nu niet verwijderen
practices-has-visits = U hebt nog een afspraak bij deze praktijk. Zeg de afspraak eerst af. Of wacht tot de afspraak voorbij is.
