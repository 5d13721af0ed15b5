### The portal on a home screen, without a connection, and while an answer is on its way.

install-name = Balie: your appointments
install-description = Your appointments at the practice
install-title = Balie on your home screen
install-lead = Then you open your appointments with one tap.
install-apple = Tap Share at the bottom, the square with an arrow up. Then choose ‘Add to Home Screen’.
install-yes = Add to home screen
install-no = No, thank you
offline-title = There is no connection
offline-lead = We cannot show you this page now. This changes nothing about your appointments.
offline-advice = Check that your wifi or mobile data is on, and that airplane mode is off.
busy = One moment …
