/** The actions that the workflows use, pinned by commit: a tag can be moved to other code. */
const CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
const SETUP_NODE = "actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0";
const UPLOAD = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2";

/** Fetches the repository and the kdac that its lockfile pins. */
const PREPARE = `\
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: ${SETUP_NODE}
        with:
          node-version: 22
          cache: npm
      - run: npm ci`;

/** Checks a pull request: nothing in it has a secret or may write, so that pull requests of forks are safe. */
export const validateWorkflow = `\
# Checks the detections of a pull request: annotations at the lines that are wrong, and what they compile to as an artifact.
name: validate
on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read

concurrency:
  group: validate-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  validate:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
${PREPARE}
      - name: Findings, as annotations
        run: npx kdac validate --format github
      - name: Order and style
        run: npx kdac fmt --check
      - name: Compile
        run: npx kdac build --out detections
      - uses: ${UPLOAD}
        with:
          name: detections
          path: detections
          retention-days: 7
`;

/** Plans, shows the plan, and carries out that very plan. */
export const deployWorkflow = `\
# Deploys what was merged: makes a plan, shows it in the run's summary, and applies that very plan. Protect the GitHub environment
# "production" with reviewers, and a person reads the plan in between: GitHub asks before each of the two jobs.
name: deploy
on:
  push:
    branches: [main]
    paths: ["rules/**", "schemas/**", "kdac.config.yml"]
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: deploy-production
  cancel-in-progress: false

jobs:
  plan:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    environment: production
    outputs:
      changes: \${{ steps.plan.outputs.changes }}
    steps:
${PREPARE}
      - id: plan
        name: Plan
        env:
          KIBANA_URL: \${{ secrets.KIBANA_URL }}
          KIBANA_API_KEY: \${{ secrets.KIBANA_API_KEY }}
        run: |
          code=0
          npx kdac plan --env production --out plan.json --format markdown --exit-code > plan.md || code=$?
          cat plan.md >> "$GITHUB_STEP_SUMMARY"
          case "$code" in
            0) echo "changes=false" >> "$GITHUB_OUTPUT" ;;
            3) echo "changes=true" >> "$GITHUB_OUTPUT" ;;
            *) exit "$code" ;;
          esac
      - uses: ${UPLOAD}
        with:
          name: plan
          path: plan.json
          retention-days: 7

  apply:
    needs: plan
    if: needs.plan.outputs.changes == 'true'
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      contents: read
      actions: read # to fetch the plan
    environment: production
    steps:
${PREPARE}
      - name: Fetch the plan
        env:
          GH_TOKEN: \${{ github.token }}
        run: gh run download "$GITHUB_RUN_ID" --repo "$GITHUB_REPOSITORY" --name plan
      - name: Apply
        env:
          KIBANA_URL: \${{ secrets.KIBANA_URL }}
          KIBANA_API_KEY: \${{ secrets.KIBANA_API_KEY }}
          # Add a line for each variable that a connector names under \`secrets\`.
        run: npx kdac apply plan.json --env production
`;
