// The platform, with its patients' wishes and devices, and a mail server and a push service that are not ours.
import { PATIENTS, settleIn, subscribe } from '../lib/people.mjs';
import { platformOn } from './platform.mjs';

/** A running platform on this database, and its patients as visitors who are logged in. */
export async function openPlatform(folder, database, [mail, push]) {
  let visitors;
  const config = (file) =>
    file.replace(/^port = .*$/m, `port = ${mail.port}`).replace(/^vapid_key = .*$/m, `$&\nallow = ["${push.origin}"]`);
  const whileDemo = async (demo) => (visitors = await settleIn(demo));
  const platform = await platformOn({ folder, database, config, whileDemo });
  await platform.start();
  for (const [place, person] of PATIENTS.entries()) {
    await subscribe(visitors[place], platform.address, push.devices.get(person));
  }
  return { platform, visitors };
}
