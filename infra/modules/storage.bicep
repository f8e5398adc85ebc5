// Queues, journal, the host's own blobs and the deployed package: one account, reached by identities only.

param location string
param tags object
@maxLength(24)
param name string
param sku string
param publicAccess bool
param appPrincipalId string
param operatorPrincipalId string
param operatorPrincipalType string
param journalLock bool

// The queue of webhooks, that of write-backs, and one per destination, as the functions name them; the platform adds the suffix for dead letters.
var queueNames = ['uon-records', 'uon-records-poison', 'uon-updates', 'uon-updates-poison', 'offerum-orders', 'offerum-orders-poison', 'http-orders', 'http-orders-poison', 'telegram-orders', 'telegram-orders-poison', 'max-orders', 'max-orders-poison', 'bitrix-orders', 'bitrix-orders-poison', 'amo-orders', 'amo-orders-poison']

// The journal of every record, and the owner of each phone number if pipelines deduplicate by person.
var tableNames = ['journal', 'persons', 'pipelines']

var roles = {
  // Storage Blob Data Owner: the host keeps its leases, timers and function keys in blobs and reads the deployed package there. Contributor
  // is not enough for the host.
  blobs: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  // Storage Queue Data Contributor: receives, sends, peeks and deletes messages, and moves them to the poison queues.
  queues: '974c5e8b-45b9-4653-ba55-0fb855dd0fb2'
  // Storage Table Data Contributor: reads and writes both tables.
  tables: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

// Read access for the steps of docs/operations.md.
var operatorRoles = {
  // Storage Queue Data Reader: peeks at messages.
  queues: '19e7f393-937e-4f77-808e-94535e297925'
  // Storage Table Data Reader: reads the journal, which has names and phones.
  tables: '76199698-9eea-4c19-bc75-cec21354c6b6'
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    // Connection strings are impossible: roles control the access, and can be reviewed and revoked.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      defaultAction: publicAccess ? 'Allow' : 'Deny'
      bypass: 'None'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource deployments 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'deployments'
  properties: { publicAccess: 'None' }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

// Created here and not at the first use, so that an empty installation already shows them all.
resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for queue in queueNames: {
  parent: queueService
  name: queue
}]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = [for table in tableNames: {
  parent: tableService
  name: table
}]

// Prevents accidental deletion: nobody can delete the account without deleting this lock first.
resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (journalLock) {
  scope: account
  name: 'journal'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the journal: which leads were sold, and what waits. Remove this lock to remove the account.'
  }
}

resource roleAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(roles): {
  scope: account
  name: guid(account.id, appPrincipalId, role.value)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

resource operatorAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(operatorRoles): if (!empty(operatorPrincipalId)) {
  scope: account
  name: guid(account.id, operatorPrincipalId, role.value)
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

output id string = account.id
output name string = account.name
output deploymentContainer string = '${account.properties.primaryEndpoints.blob}${deployments.name}'
