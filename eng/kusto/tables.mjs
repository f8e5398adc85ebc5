// The tables of a Log Analytics workspace that queries here may use, with the columns of Azure Monitor's table reference.
const text = (names) => Object.fromEntries(names.split(' ').map((name) => [name, 'string']));

// The columns of every App… table.
const common = {
  TimeGenerated: 'datetime',
  ItemCount: 'int',
  Properties: 'dynamic',
  _BilledSize: 'real',
  ...text('AppRoleInstance AppRoleName AppVersion ClientBrowser ClientCity ClientCountryOrRegion ClientIP ClientModel ClientOS'),
  ...text('ClientStateOrProvince ClientType IKey OperationId OperationName ParentId ResourceGUID SDKVersion SessionId SourceSystem'),
  ...text('SyntheticSource TenantId Type UserAccountId UserAuthenticatedId UserId _IsBillable _ResourceId _SubscriptionId'),
};

export const tables = {
  AppRequests: {
    ...common, Measurements: 'dynamic', DurationMs: 'real', Success: 'bool', ...text('Id Name ReferencedItemId ReferencedType ResultCode Source Url'),
  },
  AppDependencies: {
    ...common, Measurements: 'dynamic', DurationMs: 'real', Success: 'bool',
    ...text('Data DependencyType Id Name ReferencedItemId ReferencedType ResultCode Target'),
  },
  AppTraces: { ...common, Measurements: 'dynamic', SeverityLevel: 'int', ...text('Message ReferencedItemId ReferencedType') },
  AppExceptions: {
    ...common, Measurements: 'dynamic', SeverityLevel: 'int', Details: 'dynamic',
    ...text('Assembly ExceptionType HandledAt InnermostAssembly InnermostMessage InnermostMethod InnermostType Message Method'),
    ...text('OuterAssembly OuterMessage OuterMethod OuterType ProblemId'),
  },
  AppMetrics: { ...common, Name: 'string', Sum: 'real', Min: 'real', Max: 'real' },
  // A function of the workspace over its table Operation.
  _LogOperation: { TimeGenerated: 'datetime', ...text('Category Operation Level Detail _ResourceId') },
};
