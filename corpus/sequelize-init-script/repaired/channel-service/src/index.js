const Channel = require('./models/Channel');
const ProbeResult = require('./models/ProbeResult');

const INTERVAL_MS = 60000;

async function probe(channel) {
  const testedAt = new Date();
  let status = 'ok';
  let errorMessage = null;
  try {
    const response = await fetch(channel.endpoint, { signal: AbortSignal.timeout(5000) });
    if (!response.ok) status = `http-${response.status}`;
  } catch (error) {
    status = 'unreachable';
    errorMessage = error.message;
  }
  await ProbeResult.create({
    channelId: channel.id,
    probeType: 'http',
    status,
    errorMessage,
    latencyMs: Date.now() - testedAt.getTime(),
    testedAt,
  });
}

async function round() {
  const channels = await Channel.findAll({ where: { enabled: true } });
  await Promise.all(channels.map(probe));
}

setInterval(() => round().catch((error) => console.error(error.message)), INTERVAL_MS);
