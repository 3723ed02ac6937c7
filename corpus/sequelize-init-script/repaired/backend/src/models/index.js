const ResourceTag = require('./ResourceTag');
const Account = require('./Account');
const Region = require('./Region');
const BillingSummary = require('./BillingSummary');
const Channel = require('./Channel');
const ProbeResult = require('./ProbeResult');
const AutomationScript = require('./AutomationScript');
const ExecutionHistory = require('./ExecutionHistory');
const ScheduledTask = require('./ScheduledTask');

module.exports = {
  Account,
  AutomationScript,
  BillingSummary,
  Channel,
  ExecutionHistory,
  ProbeResult,
  Region,
  ResourceTag,
  ScheduledTask,
};
