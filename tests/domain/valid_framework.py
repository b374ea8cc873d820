"""One small framework file with every kind of item, and the clauses that it knows."""

CLAUSES = tuple(f"FAC-0{k}" for k in range(1, 10))

VALID = """\
# A small checklist.
id: small
version: "1.0"
date: "2026-01-31"
title: {zh: 小清单, en: Small checklist}
source: {zh: 来源, en: Source}
weights_note: {zh: 权重自定, en: Weights are ours}
complete_from: 80
score_from_completeness: 0.5
not_applicable_flag: 0.2
facts:
  - id: households
    kind: count
    label: {zh: 户数, en: Households}
    help: {zh: 按户计, en: Count households}
    unit: {zh: 户, en: households}
  - id: service_area
    kind: area
    label: {zh: 总面积, en: Total area}
    help: {zh: 建筑面积, en: Floor area}
    unit: {zh: 平方米, en: m²}
  - id: activity_area
    kind: area
    label: {zh: 活动面积, en: Activity area}
    help: {zh: 其中活动用房, en: Of which for residents}
    unit: {zh: 平方米（活动）, en: m² of activity}
  - id: built
    kind: choice
    label: {zh: 类型, en: Type}
    help: {zh: 新建或既有, en: New or existing}
    options:
      - {id: new, label: {zh: 新建, en: New}}
      - {id: existing, label: {zh: 既有, en: Existing}}
means:
  - {id: lease, label: {zh: 租赁, en: Lease}, clauses: [FAC-07]}
  - {id: convert, label: {zh: 改造, en: Convert}, clauses: []}
actions:
  - {id: rent, kinds: [facility], means: lease, words: {zh: 租房, en: Rent},
     unit: {zh: 处, en: room}, months: 6}
  - {id: rooms, items: [A-01, A-02], words: {zh: 加房, en: More rooms}, unit: {zh: 平, en: m²},
     months: 9}
  - {id: meet, kinds: [mechanism], words: {zh: 开会, en: Meet}, unit: {zh: 次, en: meeting},
     months: 3}
linked: {area: A-01, share: A-02}
places:
  - {id: yard, title: {zh: 院子, en: Yard}}
  - {id: hall, title: {zh: 大厅, en: Hall}}
themes:
  - id: space
    title: {zh: 空间, en: Space}
    short: {zh: 空间简称, en: Space in short}
    weight: 1
    groups:
      - {id: rooms, title: {zh: 房屋, en: Rooms}}
      - {id: pipes, title: {zh: 管网, en: Pipes}}
  - id: people
    title: {zh: 人, en: People}
    short: {zh: 人简称, en: People in short}
    groups:
      - {id: meeting, title: {zh: 议事, en: Meeting}}
step_sets:
  mechanism:
    - {id: none, credit: 0, label: {zh: 无, en: None}, meaning: {zh: 没有, en: Nothing}}
    - {id: partly, credit: 0.5, label: {zh: 部分, en: Partly}, meaning: {zh: 一半, en: Half}}
    - {id: full, credit: 1, label: {zh: 全部, en: Full}, meaning: {zh: 都有, en: All}}
tick_sets:
  upkeep:
    - {id: intact, label: {zh: 完好, en: Intact}, meaning: {zh: 无破损, en: Not broken}}
    - {id: safe, label: {zh: 安全, en: Safe}, meaning: {zh: 无隐患, en: No hazard}}
items:
  - id: A-01
    theme: space
    group: rooms
    role: gate
    kind: quantity
    title: {zh: 面积, en: Area}
    question: {zh: 面积够吗, en: Is the area enough}
    clauses: [FAC-01]
    rule:
      formula: area_per_100_households
      threshold: "30"
      unit: {zh: 平方米每百户, en: m² per 100}
      base: {zh: 实际面积, en: Actual area}
  - id: A-02
    theme: space
    group: rooms
    role: gate
    kind: quantity
    title: {zh: 占比, en: Share}
    question: {zh: 占比够吗, en: Is the share enough}
    clauses: [FAC-02]
    rule:
      formula: activity_share
      threshold: "60"
      unit: {zh: 百分比, en: "%"}
      base: {zh: 实际总面积, en: Actual total area}
  - id: A-03
    theme: space
    group: pipes
    role: core
    kind: upkeep
    title: {zh: 管网, en: Pipework}
    question: {zh: 管网好吗, en: Is the pipework fine}
    clauses: [FAC-03]
    place: hall
    ticks: upkeep
  - id: B-01
    theme: people
    group: meeting
    role: core
    kind: mechanism
    title: {zh: 议事会, en: Council}
    question: {zh: 有议事会吗, en: Is there a council}
    clauses: [FAC-04]
    weight: 2
    steps: mechanism
    evidence: file
    not_applicable:
      ground: {zh: 没有居民, en: No residents}
  - id: B-02
    theme: people
    group: meeting
    role: core
    kind: mechanism
    title: {zh: 移交, en: Handover}
    question: {zh: 移交了吗, en: Was it handed over}
    clauses: [FAC-05]
    steps: mechanism
    applies:
      fact: built
      equals: new
      otherwise: {zh: 只问新建社区, en: New communities only}
  - id: B-03
    theme: people
    group: meeting
    role: bonus
    kind: facility
    title: {zh: 凉亭, en: Pavilion}
    question: {zh: 有凉亭吗, en: Is there a pavilion}
    clauses: [FAC-06]
    place: yard
    steps: mechanism
  - id: B-04
    theme: people
    group: meeting
    role: context
    kind: survey
    title: {zh: 满意度, en: Satisfaction}
    question: {zh: 居民满意吗, en: Are residents satisfied}
    clauses: []
  - id: B-05
    theme: people
    group: meeting
    role: context
    kind: remark
    title: {zh: 其他, en: Other}
    question: {zh: 还有什么, en: Anything else}
    clauses: []
programme:
  - {id: purpose, title: {zh: 目的, en: Purpose}, clauses: [FAC-08]}
unused:
  - clauses: [FAC-09]
    reason: {zh: 总起句, en: An introduction}
"""
