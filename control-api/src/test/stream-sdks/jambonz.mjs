// A jambonz audio application by the vendor's own SDK. Orders come as lines of JSON, what it hears goes out likewise.
import http from 'node:http';
import { createInterface } from 'node:readline';
import { createEndpoint } from '@jambonz/sdk/websocket';

const tell = (what, value) => console.log(JSON.stringify({ [what]: value }));
const quiet = { info: () => {}, error: (...said) => tell('error', String(said)), debug: () => {} };
const server = http.createServer();
const makeService = createEndpoint({ server, logger: quiet });

makeService.audio({ path: '/audio' }).on('connection', (stream, request) => {
  tell('handshake', request.headers);
  tell('start', stream.metadata);
  stream.on('audio', (pcm) => tell('audio', pcm.toString('base64')));
  stream.on('mark', (mark) => tell('mark', mark));
  stream.on('dtmf', (key) => tell('dtmf', key));
  stream.on('playDone', (done) => tell('playDone', done));
  stream.on('close', (code) => tell('close', code));
  createInterface({ input: process.stdin }).on('line', (line) => {
    const order = JSON.parse(line);
    if (order.say) stream.sendAudio(Buffer.from(order.say, 'base64'));
    if (order.play) stream.playAudio(order.play, { id: order.id, sampleRate: order.sampleRate, queuePlay: true });
    if (order.mark) stream.sendMark(order.mark);
    if (order.clear) stream.killAudio();
    if (order.clearMarks) stream.clearMarks();
    if (order.close) stream.close();
    if (order.end) stream.disconnect();
  });
});
server.listen(0, '127.0.0.1', () => tell('port', server.address().port));
