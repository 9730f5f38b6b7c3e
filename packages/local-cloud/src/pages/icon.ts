const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="8" fill="#1f5f5b"/>
<path d="M8 22V11l8 7 8-7v11" fill="none" stroke="#fff" stroke-width="3"
 stroke-linecap="round" stroke-linejoin="round"/></svg>`

/** `GET /icon.svg`. */
export function icon(): Response {
  return new Response(ICON, {headers: {'content-type': 'image/svg+xml'}})
}
