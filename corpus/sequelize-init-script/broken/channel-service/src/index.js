const Channel = require('./models/Channel');
const ProbeResult = require('./models/ProbeResult');

const INTERVAL_MS = 60000;

async function probe(channel) {
  const started = Date.now();
  let result = 'ok';
  try {
    const response = await fetch(channel.endpoint, { signal: AbortSignal.timeout(5000) });
    if (!response.ok) result = `http-${response.status}`;
  } catch (error) {
    result = 'unreachable';
  }
  await ProbeResult.create({ targetChannel: channel.name, result, responseMs: Date.now() - started });
}

async function round() {
  const channels = await Channel.findAll({ where: { enabled: true } });
  await Promise.all(channels.map(probe));
}

setInterval(() => round().catch((error) => console.error(error.message)), INTERVAL_MS);
