### The portal on a home screen, without a connection, and while an answer is on its way.

install-name = Balie: uw afspraken
install-description = Uw afspraken bij de praktijk
install-title = Balie op uw beginscherm
install-lead = Dan opent u uw afspraken met één tik.
install-apple = Tik onderaan op Deel, het vierkantje met een pijl omhoog. Kies daarna ‘Zet op beginscherm’.
install-yes = Zet op beginscherm
install-no = Nee, bedankt
offline-title = Er is geen verbinding
offline-lead = Wij kunnen deze pagina nu niet laten zien. Uw afspraken veranderen hier niet door.
offline-advice = Kijk of uw wifi of mobiele data aan staat, en of de vliegtuigstand uit staat.
busy = Even geduld …
