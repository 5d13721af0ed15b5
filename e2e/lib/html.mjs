// Whether what the server sends is HTML as the standard has it.
import { HtmlValidate } from 'html-validate';

const validate = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // The standard allows each way to write these; a button is for sending where nothing else is said.
    'attribute-boolean-style': 'off',
    'doctype-style': 'off',
    'no-implicit-button-type': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
  },
});

/** One line for each fault: the rule, what it says, and the line of the page. */
export async function faultsOf(html) {
  const { results } = await validate.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${ruleId}: ${message}: line ${line}`));
}
