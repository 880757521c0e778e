// The OpenAI Agents SDK's own bridge from Twilio's media streams to a Realtime server, whose URL is the argument.
import { WebSocketServer } from 'ws';
import { RealtimeAgent, RealtimeSession } from '@openai/agents/realtime';
import { TwilioRealtimeTransportLayer } from '@openai/agents-extensions';

const tell = (what, value) => console.log(JSON.stringify({ [what]: value }));
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('listening', () => tell('port', server.address().port));
server.on('connection', async (twilioWebSocket) => {
  const transport = new TwilioRealtimeTransportLayer({ twilioWebSocket, url: process.argv[2] });
  const session = new RealtimeSession(new RealtimeAgent({ name: 'Clinic', instructions: 'Be brief.' }), { transport });
  session.on('error', (failure) => tell('error', String(failure?.error?.message ?? failure?.error ?? failure)));
  session.on('audio_interrupted', () => tell('interrupted', true));
  session.on('transport_event', (event) => {
    if (event.type === 'twilio_message' && event.message.event !== 'media') tell(event.message.event, event.message);
  });
  twilioWebSocket.on('close', () => tell('close', true));
  await session.connect({ apiKey: 'sk-test', url: process.argv[2] });
  tell('connected_to_server', true);
});
