// Certificates for servers on this machine, each signed by an authority of its own.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A new authority in this folder: the file of its own certificate, and the certificates that it makes. */
export function authorityIn(folder, name) {
  const file = (ending) => join(folder, `${name}.${ending}`);
  openssl('req', '-x509', ...newKey(file('key')), '-out', file('pem'), '-days', '2', '-subj', `/CN=${name}`);
  return { file: file('pem'), certify: (host) => certify(file, host) };
}

/** Key and certificate for this host, as a server takes them. */
function certify(file, host) {
  const [key, request, certificate, names] = ['host.key', 'host.csr', 'host.pem', 'host.ext'].map(file);
  writeFileSync(names, `subjectAltName=DNS:${host}\nbasicConstraints=critical,CA:FALSE\n`);
  openssl('req', ...newKey(key), '-out', request, '-subj', `/CN=${host}`);
  const signer = ['-CA', file('pem'), '-CAkey', file('key'), '-CAcreateserial'];
  openssl('x509', '-req', '-in', request, ...signer, '-days', '2', '-extfile', names, '-out', certificate);
  return { key: readFileSync(key), cert: readFileSync(certificate) };
}

function newKey(file) {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
}

function openssl(...options) {
  execFileSync('openssl', options, { stdio: 'pipe' });
}
