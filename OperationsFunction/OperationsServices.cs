using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.OperationsFunction.Health;

namespace UonOfferum.OperationsFunction;

internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) =>
        services
            .AddSingleton<OperationFinder>()
            .AddSingleton<OperationList>()
            .AddSingleton<StrayList>()
            .AddSingleton<HealthCheck>()
            .AddSingleton<FailureRecorder>();
}
