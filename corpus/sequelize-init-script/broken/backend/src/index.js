const express = require('express');
const logger = require('./config/logger');
const { initDatabase } = require('./config/database');
require('./models');
const channels = require('./routes/channels');

const app = express();
app.use(express.json());
app.use('/channels', channels);
app.get('/healthz', (req, res) => res.sendStatus(204));

initDatabase()
  .then(() => app.listen(3000, () => logger.info('listening on 3000')))
  .catch((error) => {
    logger.error(`start failed: ${error.message}`);
    process.exit(1);
  });
