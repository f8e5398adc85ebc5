using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace UonOfferum.Testing;

/// <summary>The app's services as <c>Program.cs</c> registers them, without the worker and its host. For tests that swap a service or call one directly.</summary>
public sealed class PipelineServices : IAsyncDisposable
{
    private readonly IHost _host;

    /// <param name="settings">As in configuration, with <c>:</c>.</param>
    /// <param name="time">Instead of the system's.</param>
    public PipelineServices(IEnumerable<KeyValuePair<string, string?>> settings, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.AddUonOfferum();
        _host = builder.Build();
    }

    public IServiceProvider Provider => _host.Services;

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
