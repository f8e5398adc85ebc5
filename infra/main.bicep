// The whole product in one deployment: `azd up`, or `az deployment sub create` (docs/deploy.md).
// One resource group contains everything, so that all permissions are managed in one place.
targetScope = 'subscription'

@description('Name of this installation, for example prod. Part of every resource name.')
@minLength(2)
@maxLength(16)
param environmentName string

@description('Azure region, one of those that offer Flex Consumption with .NET 10. Add a new one here once az functionapp list-flexconsumption-locations --runtime dotnet-isolated lists it.')
@allowed([
  'australiaeast'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'northcentralus'
  'northeurope'
  'southcentralus'
  'southeastasia'
  'swedencentral'
  'uksouth'
  'westcentralus'
  'westeurope'
  'westus2'
])
@metadata({
  // azd offers exactly the regions above.
  azd: { type: 'location' }
})
param location string

@description('Resource group to create or use.')
@maxLength(90)
param resourceGroupName string = 'rg-uon-offerum-${environmentName}'

@description('Name of the pipeline: part of the webhook address, of every operation id and of the names of app settings, which on Linux cannot contain a hyphen. Lower-case letters and digits.')
@minLength(1)
@maxLength(40)
param pipelineName string = 'main'

@description('Whether the pipeline sells to Offerum. Without it, settings must configure another destination.')
param offerum bool = true

@description('Flow code at Offerum. Case-sensitive, not a secret. Empty: the pipeline is created on the page.')
param offerumFlow string = ''

@description('Whether pipelines may be created on the page. The app may then set secrets in the vault, but nothing else there.')
param editing bool = true

@description('Whether a pipeline is kept as code, in app settings. Not given: true if a flow is given or Offerum is off. Otherwise the first pipeline is created on the page, and no keys are needed beforehand.')
param codePipeline bool = !offerum || !empty(offerumFlow)

@secure()
@description('U-ON API key. Empty keeps the value in the vault, so later deployments need no secret.')
param uonApiKey string = ''

@secure()
@description('Offerum API key. Empty keeps the value in the vault.')
param offerumApiKey string = ''

@secure()
@minLength(16)
@description('Secret path segment of the webhook. Written only if the vault has none yet; generated if not given. Rotating it: docs/operations.md.')
param webhookSecret string = newGuid()

@secure()
@minLength(16)
@description('Likewise for postbacks, if the pipeline accepts them.')
param postbackSecret string = newGuid()

@secure()
@minLength(16)
@description('Key of the phone index. Written only if the vault has none yet: with another key older operations could not be found by phone. Generated if not given.')
param indexKey string = newGuid()

@description('Whether the pipeline accepts postbacks.')
param postbacks bool = false

@description('Destinations whose functions run although no app setting configures them, separated by commas: for pipelines created on the page or kept in pipelines.json. For example Telegram,Bitrix. The functions of all others are switched off and cost nothing.')
param destinations string = ''

@description('More app settings: structure only, for example { Pipelines__main__Offerum__Country: "RU" }. Names are letters, digits and underscores.')
param settings object = {}

@description('More app settings that are secrets, each with the name of its secret in the vault, for example { Pipelines__main__Telegram__BotToken: "main-telegram-bot-token" }.')
param vaultSettings object = {}

@secure()
@description('Values for the secrets that vaultSettings names, by secret name. A secret that is not given keeps its value in the vault.')
param vaultValues object = {}

@description('Maximum number of instances for each function, and for all HTTP functions together. All instances share one limit for each key of U-ON (Uon:RequestsPerSecond), so this number bounds the cost only. 100 is the platform\'s own default. Some regions require at least 40.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Memory of an instance in MB. Half of the price is memory; the platform recommends 2048.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('HTTP instances kept warm: 0 costs nothing, 2 answer webhooks without a cold start. A single one may be drained (docs/performance.md).')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

@description('Copies of the journal: ZRS outlives a data centre, GZRS a region; with RA the copy there can be read at any time (docs/disaster.md). LRS where the region has no zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param storageSku string = 'Standard_ZRS'

@description('Put a lock on the storage account, so that nobody deletes the journal by accident. The deploying identity then needs the right to write locks (docs/deploy.md).')
param journalLock bool = true

@description('Keep storage and vault off the public network: a virtual network with private endpoints. Costs about five endpoints a month.')
param privateNetwork bool = false

@description('Client id of an Entra app registration for people who open the console. Empty: function keys alone (docs/deploy.md).')
param consoleClientId string = ''

@description('Where alerts go. Empty: they appear in the portal only.')
param alertEmail string = ''

@description('Alert when no webhook came for this many hours.')
@allowed([1, 2, 3, 4, 5, 6, 24, 48])
param quietHours int = 24

@description('Alert when the slowest twentieth of leads takes longer than this from webhook to order, in seconds.')
@minValue(10)
@maxValue(86400)
param slowLeadSeconds int = 300

@description('Days that telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryDays int = 90

@description('Object id of the operator, who may rotate secrets in the vault and read queues and journal. Empty: nobody.')
param operatorPrincipalId string = ''

@description('What operatorPrincipalId is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

// App settings on Linux allow letters, digits and underscores; the pipeline's name is part of theirs, and of lower-case keys.
var lowerCase = 'abcdefghijklmnopqrstuvwxyz0123456789'
var settingCharacters = '${toUpper(lowerCase)}${lowerCase}_'
var odd = filter(map(range(0, length(pipelineName)), i => substring(pipelineName, i, 1)), c => !contains(lowerCase, c))
var pipeline = empty(odd) ? pipelineName : fail('pipelineName: use lower-case letters and digits only. It is part of the names of app settings.')
var oddSettings = filter(
  objectKeys(union(settings, vaultSettings)),
  name => !empty(filter(map(range(0, length(name)), i => substring(name, i, 1)), c => !contains(settingCharacters, c)))
)
var moreSettings = empty(oddSettings) ? settings : fail('settings, vaultSettings: on Linux the name of an app setting has letters, digits and underscores only. Wrong: ${join(oddSettings, ', ')}')
var flow = codePipeline && offerum && empty(offerumFlow) ? fail('offerumFlow: is missing. Say azd env set OFFERUM_FLOW with the code of your flow, azd env set OFFERUM false to sell elsewhere, or azd env set CODE_PIPELINE false to make the pipeline on the page.') : offerumFlow

var tags = {
  // azd finds its resources by this tag.
  'azd-env-name': environmentName
  product: 'uon-offerum'
}

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module product 'product.bicep' = {
  name: 'uon-offerum-${environmentName}'
  scope: group
  params: {
    location: location
    tags: tags
    // Globally unique names, the same at every deployment.
    suffix: take(uniqueString(subscription().id, group.id, environmentName), 8)
    environmentName: environmentName
    pipelineName: pipeline
    offerum: offerum
    offerumFlow: flow
    editing: editing
    codePipeline: codePipeline
    uonApiKey: uonApiKey
    offerumApiKey: offerumApiKey
    webhookSecret: webhookSecret
    postbackSecret: postbackSecret
    indexKey: indexKey
    postbacks: postbacks
    destinations: destinations
    settings: moreSettings
    vaultSettings: vaultSettings
    vaultValues: vaultValues
    journalLock: journalLock
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyInstances: alwaysReadyInstances
    storageSku: storageSku
    privateNetwork: privateNetwork
    consoleClientId: consoleClientId
    alertEmail: alertEmail
    quietHours: quietHours
    slowLeadSeconds: slowLeadSeconds
    telemetryDays: telemetryDays
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
}

@description('Where the functions answer.')
output FUNCTIONS_ADDRESS string = product.outputs.address

@description('The webhook address for the U-ON cabinet, with a placeholder for the secret.')
output WEBHOOK_ADDRESS string = '${product.outputs.address}/api/uon/${pipelineName}/{secret}'

@description('The console.')
output CONSOLE_ADDRESS string = '${product.outputs.address}/api/console'

output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = product.outputs.functionAppName
output VAULT_NAME string = product.outputs.vaultName
output STORAGE_NAME string = product.outputs.storageName
