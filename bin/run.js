#!/usr/bin/env node
import {launch} from '../dist/launcher.js'

await launch(process.argv.slice(2), import.meta.url)
