const express = require('express');
const { Channel, ProbeResult } = require('../models');

const router = express.Router();

router.get('/', async (req, res, next) => {
  try {
    res.json(await Channel.findAll({ order: [['name', 'ASC']] }));
  } catch (error) {
    next(error);
  }
});

router.post('/', async (req, res, next) => {
  try {
    const { name, endpoint, labels } = req.body;
    res.status(201).json(await Channel.create({ name, endpoint, labels }));
  } catch (error) {
    next(error);
  }
});

router.get('/:id/probes', async (req, res, next) => {
  try {
    res.json(await ProbeResult.findAll({
      where: { channelId: req.params.id },
      order: [['testedAt', 'DESC']],
      limit: 100,
    }));
  } catch (error) {
    next(error);
  }
});

module.exports = router;
