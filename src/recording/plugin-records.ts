import {requireEvent} from '@mogplex/plugin-kit/rules'
import {asRecord, parseJson} from '../domain/text/json.js'
import type {PluginOwner} from '../domain/plugin/plugin-owner.js'
import type {Recorder} from './recorder.js'

/** The size limit of the fields of one record, as JSON. */
const MAX_CHARACTERS = 16_384

/**
 * What a plugin writes into the session's log: under its own name, so that no record looks like one
 * of ours, and with the same redaction.
 *
 * @throws {BadEventError} exit 1, for an event that is not a dotted name
 */
export async function recordOfPlugin(
  recorder: Recorder,
  owner: PluginOwner | undefined,
  {event, fields = {}}: {readonly event: string; readonly fields?: object | undefined},
): Promise<void> {
  requireEvent(event)
  await recorder.open()
  const {name = 'unknown', version} = owner ?? {}
  recorder.record(`plugin.${name}.${event}`, {version, fields: plain(fields)})
}

/** As JSON, whatever it is; a truncated part would not be JSON. */
function plain(fields: object): unknown {
  let json: string
  try {
    json = JSON.stringify(fields)
  } catch (error) {
    return {omitted: error instanceof Error ? error.message : 'no JSON'}
  }
  if (json.length > MAX_CHARACTERS) return {omitted: `${json.length} characters`}
  return asRecord(parseJson(json)) ?? {omitted: 'no object'}
}
