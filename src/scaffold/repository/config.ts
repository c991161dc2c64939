import { schemaLine } from "../../format/index.js";
import { SCHEMAS } from "./schemas.js";

/** `kdac.config.yml` of a new project. */
export const configText = (name: string): string => `${schemaLine("kdac.config.yml", SCHEMAS, "config")}
# The name marks each deployed rule as this project's. Rules without the mark are never changed, so do not rename it lightly.
name: ${name}
# The Elastic Stack that the rules run on. What only newer ones know is reported.
stack: "9.5"

# Fills fields that a rule leaves out.
defaults:
  author: [${name}]

environments:
  # For trying things out: npx kdac kibana starts an embedded Kibana and prints both variables.
  local:
    url: \${KIBANA_URL}
    api_key: \${KIBANA_API_KEY}
    spaces: [default]

  # What .github/workflows/deploy.yml deploys to, with the secrets of the GitHub environment of this name.
  production:
    url: \${KIBANA_URL}
    api_key: \${KIBANA_API_KEY}
    spaces: [default]
`;
