### Wat er van een patiënt wordt bewaard.

shell-my-data = Mijn gegevens
shell-account-menu = Uw account
my-data-title = Mijn gegevens
my-data-back = Mijn gegevens
my-data-lead = Hier ziet u wat wij van u bewaren. Wat u schrijft en uw burgerservicenummer bewaren wij versleuteld.
my-data-name = Naam
my-data-mail = Mailadres
my-data-no-mail = Wij hebben geen mailadres van u.
my-data-show = Bekijken
my-data-access-title = Wie heeft mijn gegevens gezien?
my-data-access = U kunt zien wie uw gegevens heeft bekeken of veranderd, en wanneer.
my-data-access-show = Bekijken
my-data-download-title = Mijn gegevens downloaden
my-data-download = U krijgt één zip-bestand. Daarin staan uw gegevens, uw afspraken, uw berichten en de bestanden die u kreeg. Ook staat erin wie uw gegevens heeft gezien. Bewaar het op een veilige plek.
my-data-download-do = Downloaden
my-data-delete-title = Mijn account verwijderen
my-data-delete = U leest eerst wat er dan gebeurt.
my-data-delete-ask = Account verwijderen

## Verwijderen
my-data-delete-question = Wilt u uw account verwijderen?
my-data-delete-final = Dit kan niet ongedaan worden gemaakt.
my-data-ahead-title = U hebt nog afspraken
my-data-ahead = Deze afspraken blijven in de agenda van de praktijk staan. Wilt u niet gaan? Zeg ze dan eerst af. U krijgt hierover geen bericht meer.
my-data-goes-title = Dit verwijderen wij meteen
my-data-goes-account = Uw naam, uw mailadres, de lijst met uw praktijken en uw voorkeuren.
my-data-goes-visits = Uw afspraken zoals u ze hier ziet, met wat u erbij schreef.
my-data-goes-messages = De berichten van uw praktijken, met de bestanden.
my-data-goes-devices = De meldingen op uw apparaten. Op al uw apparaten bent u uitgelogd.
my-data-stays-title = Dit blijft bewaard
my-data-kept-log = De lijst met wie uw gegevens bekeek of veranderde. Die moeten wij volgens de wet { $years } jaar bewaren, met uw burgerservicenummer erbij. Die lijst is beveiligd en niemand kan hem veranderen.
my-data-stays-practice = Wat uw praktijk in het eigen systeem heeft. Daarover gaat de praktijk.
my-data-download-first = Wilt u uw gegevens eerst downloaden? Ga dan terug naar
my-data-delete-yes = Ja, verwijder mijn account
my-data-delete-no = Nee, ga terug
my-data-awaiting-title = Uw account kan nu niet worden verwijderd
my-data-awaiting = Wij wachten nog op antwoord van een praktijk over een van uw afspraken. Probeer het over een kwartier opnieuw.
my-data-deleted-title = Uw account is verwijderd
my-data-deleted = U bent uitgelogd. U krijgt van ons geen berichten meer.
my-data-deleted-again = Wilt u later weer online afspraken maken? Log dan opnieuw in. U begint dan met een leeg account.
