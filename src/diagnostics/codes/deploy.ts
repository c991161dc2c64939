import { define, message } from "../define.js";

export const deploy = define({
  "deploy/kibana": {
    severity: "error",
    message: message`${"problem"}`,
    why: "Kibana could not be reached, or refused what was asked. The message says which, and Kibana's own words where it gave some.",
    fix: "Do what the finding's help says. The usual causes: `url` is Elasticsearch's address or has a page's path in it; the API key is mistyped, expired or of another deployment; the key or role lacks a privilege; the certificate authority is not known to Node (set `NODE_EXTRA_CA_CERTS`).",
  },
  "deploy/missing-space": {
    severity: "error",
    message: message`the space "${"space"}" does not exist, or the credentials may not see it`,
    help: "create the space in Kibana, correct its id, or give the key access to it",
    why: "Kibana lets a privileged user create rules in a space that does not exist: they would run nowhere and be seen by nobody. So every space of the environment has to be there before anything is read or written.",
    fix: "Create the space in Kibana under Stack Management, or correct its id (the part after `/s/` in Kibana's address, not its display name). When the space exists, the API key or role lacks access to it.",
  },
  "deploy/missing-secret": {
    severity: "error",
    message: message`connector "${"connector"}" needs the environment variable "${"name"}", which is not set`,
    help: "set it where kdac runs",
    why: "Secrets of connectors come from the environment only. The connector has to be made, and a connector without its secrets makes every rule that uses it fail; so nothing at all was written.",
    fix: "Set the variable in the shell or in the CI job's secrets. It is needed only while the connector does not exist in the space.",
  },
  "deploy/plain-http": {
    severity: "warning",
    message: message`credentials travel unencrypted to "${"host"}"`,
    help: "use https",
    why: "The environment's `url` begins with `http://` and does not lead to this machine: anybody on the way can read the API key.",
    fix: "Let Kibana (or a proxy before it) listen with TLS and write `https://` in `url`.",
  },
  "deploy/plan-version": {
    severity: "error",
    message: message`the plan has the form ${"version"}, which this version of kdac does not know`,
    help: "plan again with this version",
    why: "A plan is carried out to the letter, so one in an unknown form is not carried out at all.",
    fix: "Run `kdac plan --out` again with the version that applies it.",
  },
  "deploy/broken-plan": {
    severity: "error",
    message: message`the file is not a plan: ${"problem"}`,
    help: "write one with kdac plan --out",
    why: "The file was not written by `kdac plan --out`, or was changed or cut since. A plan is carried out to the letter, so a broken one is not carried out at all.",
    fix: "Run `kdac plan --out plan.json` again and apply that file as it is.",
  },
  "deploy/other-kibana": {
    severity: "error",
    message: message`the plan was made for "${"planned"}", not for "${"given"}"`,
    help: "apply it with the environment that it was made for, or plan again",
    why: "A plan holds the ids of one Kibana. Applied to another it would change objects that it never saw.",
    fix: "Choose the environment with `--env` that the plan was made with. When its `url` changed, plan again.",
  },
});
