using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UonOfferum;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Telemetry;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<InvocationLogScope>();
builder.UseMiddleware<StorageOutageAnswer>();
// Before the app's own telemetry, whose service name wins over the assembly's.
builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
try
{
    builder.AddUonOfferum();
}
catch (PipelineConfigurationException exception)
{
    // The host shows what a worker writes here. A stack trace would bury the list of what is wrong.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

await builder.Build().RunAsync();
return 0;
