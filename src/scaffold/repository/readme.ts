/** The README of a new project: what is where, and the commands of each day. */
export const readmeText = (name: string): string => `# ${name}

Detection rules for Kibana, kept as YAML and deployed with [kdac](https://www.npmjs.com/package/kibana-detections-as-code).

| path | holds |
| --- | --- |
| \`rules/\` | the rules (\`*.rule.yml\`) and what belongs to them: translations, exception lists, connectors, shared texts |
| \`kdac.config.yml\` | the project's name, the stack that it is written for, and the Kibana spaces that rules go to |
| \`.github/workflows/\` | checks of each pull request, and the deploy of what was merged |

## Getting started

You need Node 20.19 or newer.

\`\`\`sh
npm install
npx kdac validate
\`\`\`

Commit the \`package-lock.json\` that this makes: the workflows install what it pins.

## Every day

\`\`\`sh
npx kdac new rule          # asks for a type and a name, and writes the file
npx kdac fmt               # puts keys in order and fills in the names of ATT&CK techniques
npx kdac validate          # says what is wrong, where, and how to mend it
npx kdac build             # compiles the rules to Kibana's JSON in dist/detections
\`\`\`

To see rules in a Kibana without a cluster, start the embedded one with \`npx kdac kibana\`, set the two variables that it prints in a
second terminal, and run

\`\`\`sh
npx kdac plan --env local
npx kdac apply --env local
\`\`\`

## Deploying

1. In the repository's settings make an environment named \`production\`, with reviewers if a person should read each plan.
2. Give it the secrets \`KIBANA_URL\` and \`KIBANA_API_KEY\`, and one for each variable that a connector names under \`secrets\`.
3. Merge to \`main\`. The workflow \`deploy\` makes a plan, shows it in its summary, and applies that plan.

Rules that this project did not deploy are never changed, and nothing that was edited in Kibana is overwritten without being asked.
`;
