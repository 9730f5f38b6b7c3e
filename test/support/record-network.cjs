'use strict'

// Preloaded by tests: records the addresses that this process, and every Node that it starts,
// contacts.
const {appendFileSync} = require('node:fs')
const dgram = require('node:dgram')
const dns = require('node:dns')
const net = require('node:net')

function note(line) {
  appendFileSync(process.env.MOGPLEX_TEST_NETWORK, `${line}\n`)
}

const {connect} = net.Socket.prototype
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args
  if (options?.path === undefined)
    note(`${options?.host ?? 'localhost'}:${options?.port ?? options}`)
  return connect.apply(this, args)
}

for (const target of [dns, dns.promises]) {
  for (const name of Object.keys(target).filter((key) => /^(lookup|resolve)/.test(key))) {
    const original = target[name]
    target[name] = (host, ...rest) => {
      if (!net.isIP(String(host))) note(`dns ${host}`)
      return original.call(target, host, ...rest)
    }
  }
}

const {send} = dgram.Socket.prototype
dgram.Socket.prototype.send = function (...args) {
  note('udp')
  return send.apply(this, args)
}
