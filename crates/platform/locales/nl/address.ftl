### The mail address of a patient, and the code that proves it.

address-name = Mailadres
address-title = Op welk mailadres wilt u bericht krijgen?
address-first = U krijgt bericht als er iets aan uw afspraak verandert. U kunt dit ook later invullen.
address-hint = Wij sturen een code naar dit adres. Zo weten wij dat het klopt.
address-old-told = Op uw oude adres krijgt u bericht dat het is gewijzigd.
address-send = Stuur de code
address-later = Later
address-wrong = Dit is geen mailadres. Een mailadres ziet er zo uit: naam@voorbeeld.nl
address-too-many = U hebt te vaak een code gevraagd. Probeer het over een uur opnieuw.
address-too-soon = U hebt net een code gekregen. Wacht een minuut voordat u een nieuwe vraagt.
address-other = Ander mailadres
address-code-title = Welke code staat er in de mail?
address-code-sent = Wij hebben een code gestuurd naar
address-code-hint = De code heeft 6 cijfers en is 10 minuten geldig. Geen mail gekregen? Kijk ook bij ongewenste mail.
address-code-check = Controleer de code
address-code-again = Stuur een nieuwe code
address-code-wrong = Deze code klopt niet. Kijk nog eens in de laatste mail die u van ons kreeg.
address-code-over = Deze code is niet meer geldig. Vraag een nieuwe code aan.
address-sent-again = Er is een nieuwe code onderweg. De vorige is niet meer geldig.
overview-no-address = Wij hebben geen mailadres van u. Daarom krijgt u geen mail als er iets verandert.
overview-give-address = Vul uw mailadres in

## The mail with the code
mail-open-code = Vul de code in
mail-code-subject = Uw code voor { $sender }
mail-code-title = Uw code
mail-code-said = Vul deze code in op de pagina die u open hebt. De code is 10 minuten geldig.
mail-code-not-you = Hebt u dit niet gevraagd? Dan hoeft u niets te doen. Geef de code aan niemand.

## The mail to the address that was left
mail-former-subject = Uw mailadres bij { $sender } is gewijzigd
mail-former-title = Uw mailadres is gewijzigd
mail-former-said = Wij sturen vanaf nu geen mail meer naar dit adres.
mail-former-not-you = Hebt u dit niet zelf gedaan? Log dan in en kijk bij uw voorkeuren welk adres er staat. Bel ook uw praktijk.
