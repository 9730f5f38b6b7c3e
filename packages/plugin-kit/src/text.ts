// What the CLI's own terminal and messages share with the kit: no oclif, nothing of a session.
export {layOutTable} from './lay-out-table.js'
export type {TableDrawing, TextColumn} from './lay-out-table.js'
export {printable, printableLines, withEscapes} from './printable.js'
