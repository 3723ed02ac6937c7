const fs = require('fs');
const path = require('path');

const LOG_DIR = path.join(__dirname, '..', '..', 'logs');

/** In production everything goes to a file, so that the container's output stays quiet. */
function write(level, message) {
  const line = `${new Date().toISOString()} ${level} ${message}\n`;
  if (process.env.NODE_ENV === 'production') {
    fs.mkdirSync(LOG_DIR, { recursive: true });
    fs.appendFileSync(path.join(LOG_DIR, 'backend.log'), line);
  } else {
    process.stdout.write(line);
  }
}

module.exports = {
  info: (message) => write('info', message),
  error: (message) => write('error', message),
};
