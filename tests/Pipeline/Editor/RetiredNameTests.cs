using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>The journal keeps the operations of a pipeline that was kept as code and is removed: no other pipeline gets its name unasked.</summary>
public sealed class RetiredNameTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Removed = "main";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _storage = azurite.NewAccount();
    private PipelineServices _app = null!;

    public async ValueTask InitializeAsync()
    {
        await using (var before = PipelineServices.Offline(_storage, TimeProvider.System, [Removed]))
        {
            await before.Get<PipelineRegistry>().RecordAsync(new HashSet<string>([Removed], StringComparer.Ordinal), None, isComplete: true);
        }

        _app = PipelineServices.Offline(_storage, TimeProvider.System, []);
    }

    [Fact]
    public async Task A_name_made_from_a_title_avoids_it() => Assert.Equal("main-2", NameOf(await CreateAsync("""{"title":"Main"}""")));

    [Fact]
    public async Task A_chosen_an_imported_and_a_new_name_are_refused()
    {
        Assert.Equal("other", NameOf(await CreateAsync("""{"title":"Other"}""")));

        AssertRefused(await CreateAsync("""{"title":"Other","name":"main"}"""));
        AssertRefused(await ImportAsync("""{"Pipelines":{"main":{}}}"""));
        AssertRefused(await RenameAsync("""{"name":"main"}"""));
    }

    [Fact]
    public async Task Who_asks_for_its_operations_gets_the_name() =>
        Assert.Equal(Removed, NameOf(await CreateAsync("""{"title":"Other","name":"main","continue":true}""")));

    [Fact]
    public async Task An_import_may_ask_for_its_operations_as_well() =>
        Assert.Equal(StatusCodes.Status201Created, EditorCalls.StatusOf(await ImportAsync("""{"Pipelines":{"main":{}},"$continue":true}""")));

    [Fact]
    public async Task So_may_a_draft_that_gets_another_name()
    {
        await CreateAsync("""{"title":"Other"}""");

        await RenameAsync("""{"name":"main","continue":true}""");

        Assert.NotNull(await _app.Get<RevisionStore>().FindAsync(Removed, None));
    }

    private Task<IResult> CreateAsync(string body) => _app.Get<CreateEndpoint>().CreateAsync(EditorCalls.Request(body), None);

    private Task<IResult> ImportAsync(string body) => _app.Get<TransferEndpoint>().ImportAsync(EditorCalls.Request(body), None);

    private Task<IResult> RenameAsync(string body) => _app.Get<DraftEndpoint>().SaveAsync(EditorCalls.Request(body), "other", None);

    private static string NameOf(IResult answer) => Assert.IsType<JsonHttpResult<CreatedView>>(answer).Value!.Name;

    private static void AssertRefused(IResult answer)
    {
        var refusal = Assert.IsType<JsonHttpResult<ProblemDetails>>(answer);
        Assert.Equal(StatusCodes.Status409Conflict, refusal.StatusCode);
        Assert.Contains($"the removed pipeline '{Removed}'", refusal.Value!.Detail, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
