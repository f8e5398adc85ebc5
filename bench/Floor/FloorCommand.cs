using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Spectre.Console.Cli;
using UonOfferum.Bench.FloorApp;

namespace UonOfferum.Bench.Floor;

/// <summary>
/// The programs that the app is compared with. They do only what cannot be left out: <c>nothing</c> answers 200,
/// <c>queue</c> puts one message on a queue and answers 200, <c>flow</c> is <see cref="FlowFloor"/>.
/// </summary>
[Description("Internal: runs a floor program and prints its address.")]
internal sealed class FloorCommand : AsyncCommand<FloorCommand.Settings>
{
    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--kind <what>")]
        [Description("nothing, queue or flow.")]
        [DefaultValue("flow")]
        public string Kind { get; init; } = "";

        [CommandOption("--port <n>")]
        [Description("0: any free port.")]
        [DefaultValue(0)]
        public int Port { get; init; }

        public override ValidationResult Validate() => Options.All(
            Options.OneOf("--kind", Kind, "nothing", "queue", "flow"),
            Options.AtLeast(("--port", Port, 0)));
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("urls", $"http://127.0.0.1:{settings.Port}")]);
        await using var web = builder.Build();
        using var http = new HttpClient();
        switch (settings.Kind)
        {
            case "nothing":
                web.MapPost("/{**path}", () => "accepted");
                break;
            case "queue":
                var lead = new FloorLead(builder.Configuration, http);
                await FloorLead.Queue(builder.Configuration, FloorLead.Records).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                web.MapPost("/{**path}", async (HttpContext context) =>
                {
                    using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
                    await lead.AcceptAsync(await reader.ReadToEndAsync(context.RequestAborted), context.RequestAborted);
                    return "accepted";
                });
                break;
            default:
                await FlowFloor.RunAsync(web, builder.Configuration, http, cancellationToken);
                break;
        }

        await web.StartAsync(cancellationToken);
        Console.WriteLine(web.Urls.First());

        // The parent process holds the other end of this pipe: this program exits when the parent exits, however it ended.
        await Console.In.ReadLineAsync(cancellationToken);
        return 0;
    }
}
