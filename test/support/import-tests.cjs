'use strict'

const {pathToFileURL} = require('node:url')
const loader = require('mocha/lib/nodejs/esm-utils.cjs')

// Mocha tries `require` first. A test is an ES module, so that fails, and when the test itself then
// throws while it is loaded, mocha shows the failure of `require` and hides the relevant one.
loader.requireOrImport = (file) => import(pathToFileURL(file).href)
