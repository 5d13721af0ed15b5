// A mail server that only counts: as fast as mails can come. Until it is opened it accepts connections and says nothing.
import { once } from 'node:events';
import { createServer } from 'node:net';

const END_OF_MAIL = '\r\n.\r\n';

/** A mail server on a free port. `times` has the moment of each mail; `open()` lets it speak. */
export async function startFastSink() {
  const sink = { times: [], isOpen: false };
  const sockets = new Set();
  const server = createServer((socket) => {
    if (sink.isOpen) return converse(socket, sink);
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  sink.port = server.address().port;
  sink.open = () => {
    sink.isOpen = true;
    for (const socket of sockets) socket.destroy();
  };
  sink.close = () => new Promise((closed) => server.close(closed));
  return sink;
}

function converse(socket, sink) {
  let heard = '';
  let isMail = false;
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (text) => {
    heard += text;
    for (let end; (end = heard.indexOf(isMail ? END_OF_MAIL : '\r\n')) >= 0; ) {
      const line = heard.slice(0, end);
      heard = heard.slice(end + (isMail ? END_OF_MAIL.length : 2));
      if (isMail) sink.times.push(performance.now());
      isMail = !isMail && line === 'DATA';
      socket.write(isMail ? '354 go on\r\n' : '250 fine\r\n');
      if (line === 'QUIT') socket.end();
    }
  });
  socket.write('220 sink\r\n');
}
