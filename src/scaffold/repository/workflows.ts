/** The actions that the workflows use, pinned by commit: a tag can be moved to other code. */
const CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
const SETUP_NODE = "actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0";
const UPLOAD = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2";

/** Fetches the repository, so many commits of it, and the kdac that its lockfile pins. */
const prepare = (commits: number): string => `\
      - uses: ${CHECKOUT}
        with:${commits === 1 ? "" : `\n          # A pull request's checkout is its merge: the first parent is what it is compared with.\n          fetch-depth: ${commits}`}
          persist-credentials: false
      - uses: ${SETUP_NODE}
        with:
          node-version: 22
          cache: npm
      - run: npm ci`;

/**
 * Checks a pull request: nothing of it has a secret or may write, so that pull requests of forks are safe. The job that comments
 * runs none of its code.
 */
export const validateWorkflow = `\
# Checks the detections of a pull request: annotations at the lines that are wrong, what changes
# as one comment, and what the rules compile to as an artifact.
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
    outputs:
      diff: \${{ steps.diff.outputs.changes }}
    steps:
${prepare(2)}
      - name: Findings, as annotations
        run: npx kdac validate --format github
      - id: diff
        name: What changes in the detections
        if: github.event_name == 'pull_request'
        run: |
          code=0
          npx kdac diff --base HEAD^1 --format markdown --exit-code > diff.md || code=$?
          case "$code" in
            0) echo "changes=false" >> "$GITHUB_OUTPUT" ;;
            3) echo "changes=true" >> "$GITHUB_OUTPUT" ;;
            *) cat diff.md; exit "$code" ;;
          esac
          cat diff.md >> "$GITHUB_STEP_SUMMARY"
      - uses: ${UPLOAD}
        if: steps.diff.outputs.changes != ''
        with:
          name: diff
          path: diff.md
          retention-days: 7
      - name: Order and style
        run: npx kdac fmt --check
      - name: Compile
        run: npx kdac build --out detections
      - uses: ${UPLOAD}
        with:
          name: detections
          path: detections
          retention-days: 7

  # It may write, so it runs nothing that the pull request brings.
  comment:
    needs: validate
    if: >-
      !cancelled() && needs.validate.outputs.diff != '' &&
      github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      actions: read # to fetch the comment
      pull-requests: write
    steps:
      - name: Post or update the comment
        env:
          GH_TOKEN: \${{ github.token }}
          PULL_REQUEST: \${{ github.event.pull_request.number }}
          CHANGES: \${{ needs.validate.outputs.diff }}
        run: |
          gh run download "$GITHUB_RUN_ID" --repo "$GITHUB_REPOSITORY" --name diff
          # The artifact is of the pull request's making: it is text of a bounded length, and nothing else.
          jq -n --rawfile body diff.md '{body: $body[0:65000]}' > comment.json
          mine='.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- kdac diff -->"))) | .id'
          id=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" --jq "$mine" | sed -n 1p)
          if [ -n "$id" ]; then
            gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --input comment.json --silent
          elif [ "$CHANGES" = true ]; then
            gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" --input comment.json --silent
          fi
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
${prepare(1)}
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
${prepare(1)}
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
      # With it \`kdac rollback\` undoes what was applied. It holds no secret.
      - uses: ${UPLOAD}
        if: always()
        with:
          name: snapshot
          path: .kdac
          include-hidden-files: true
          if-no-files-found: ignore
          retention-days: 90
`;

/** Looks each night for what was changed outside git, and keeps one issue about it. */
export const driftWorkflow = `\
# Looks each night for what was changed in Kibana outside git. While there is any, one issue says what; it is updated night by
# night, and closed when the spaces are as the files say. The environment "production-drift" has a key that may only read, and
# no reviewers: nobody is there at night to approve a look.
name: drift
on:
  schedule:
    - cron: "17 3 * * *"
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: drift
  cancel-in-progress: false

jobs:
  drift:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    environment: production-drift
    outputs:
      found: \${{ steps.drift.outputs.found }}
    steps:
${prepare(1)}
      - id: drift
        name: Look for drift
        env:
          KIBANA_URL: \${{ secrets.KIBANA_URL }}
          KIBANA_API_KEY: \${{ secrets.KIBANA_API_KEY }}
        run: |
          code=0
          npx kdac drift --env production --format markdown > drift.md || code=$?
          case "$code" in
            0) echo "found=false" >> "$GITHUB_OUTPUT" ;;
            3) echo "found=true" >> "$GITHUB_OUTPUT" ;;
            *) cat drift.md; exit "$code" ;;
          esac
          cat drift.md >> "$GITHUB_STEP_SUMMARY"
      - uses: ${UPLOAD}
        with:
          name: drift
          path: drift.md
          retention-days: 7

  # The only job that may write. It runs nothing of the repository.
  issue:
    needs: drift
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      actions: read # to fetch the report
      issues: write
    steps:
      - name: Open, update or close the issue
        env:
          GH_TOKEN: \${{ github.token }}
          FOUND: \${{ needs.drift.outputs.found }}
        run: |
          gh run download "$GITHUB_RUN_ID" --repo "$GITHUB_REPOSITORY" --name drift
          jq -n --rawfile body drift.md \\
            '{title: "Drift in production", body: ("<!-- kdac drift -->\\n" + $body[0:65000])}' > issue.json
          mine='.[] | select(.pull_request == null and ((.body // "") | startswith("<!-- kdac drift -->"))) | .number'
          number=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues?state=open&creator=github-actions%5Bbot%5D&per_page=100" --jq "$mine" | sed -n 1p)
          if [ "$FOUND" = true ] && [ -n "$number" ]; then
            gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/$number" --input issue.json --silent
          elif [ "$FOUND" = true ]; then
            gh api --method POST "repos/$GITHUB_REPOSITORY/issues" --input issue.json --silent
          elif [ -n "$number" ]; then
            gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/$number" -f state=closed -f state_reason=completed --silent
          fi
`;
