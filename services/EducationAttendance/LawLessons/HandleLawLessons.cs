using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.LawLessons;

/// <summary>How law lessons are recorded and listed: who may, in which term, what was asked before, and the version the caller saw.</summary>
public sealed class HandleLawLessons(EventStore store, DivisionTree tree, ObligationBook book, TimeProvider clock) : V1.LawLessons.LawLessonsBase
{
    private const int LongestNumber = 64, MostAttended = 10_000;

    public override Task<V1.LawTerm> RecordLawLesson(V1.RecordLawLessonRequest request, ServerCallContext context)
    {
        var (now, ct, caller) = (clock.GetUtcNow(), context.CancellationToken, context.GetCaller());
        var asked = CallMeta.StreamOf("law-lesson", caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var school = Requests.Place(tree, request.DivisionCode, now, DivisionLevel.Village);
        var schoolNo = Texts.Readable(request.SchoolNo, "school_no", 1, LongestNumber);
        var classNo = Texts.Readable(request.ClassNo, "class_no", 0, LongestNumber) is { Length: > 0 } no ? no : null;
        var (on, topic) = (TermText.Day(request.On, "on"), Requests.Word<LawTopic>(request.Topic, "topic"));
        if (on > WorkCalendar.DayOf(now))
            throw Requests.Invalid("on: in the future");
        if (request.Attended is < 1 or > MostAttended)
            throw Requests.Invalid($"attended: 1 to {MostAttended}");
        context.Require(school, PupilReach.OwnSchool(caller, schoolNo));
        return store.RunAsync(async work =>
        {
            var calendar = TermCalendar.IdOf(tree.Path(school).First(d => tree.Level(d) is DivisionLevel.County));
            var term = (await work.LoadAsync<TermCalendar>([calendar], ct))[calendar].Terms.FirstOrDefault(t => t.Holds(on)) ?? throw new RejectedException("on: in no term of the county's calendar");
            var of = new LawTermPlace(school, schoolNo, term.Name);
            var known = await BeginLawTerms.BeginAsync(work, book, (await work.LoadAsync<LawTerm>([LawTerm.IdOf(of)], ct))[LawTerm.IdOf(of)], of, term.Until, now, context.Meta(now), ct);
            var decided = known.Give(asked, on, classNo, topic, request.Attended).ToList();
            if (decided.Count > 0 && known.Lessons.Count != request.ExpectedVersion)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the term has {known.Lessons.Count} lessons"));
            foreach (var @event in decided)
            {
                work.Append(known.Id, @event, context.Meta(now));
                known = known.After(@event);
                LawTermTable.Write(work, known);
                await book.FulfilAsync(work, [LawDuties.Done(known, context.Meta(now))], ct);
            }
            return Shown(known);
        }, ct);
    }

    public override async Task<V1.LawTermPage> ListLawTerms(V1.ListLawTermsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        var schoolNo = Texts.Readable(request.SchoolNo, "school_no", 0, LongestNumber);
        context.Require(division, PupilReach.OwnSchool(context.GetCaller(), schoolNo));
        var (size, after, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterDay(request.PageToken), context.CancellationToken);
        var page = await LawTermTable.PageAsync(store, tree.ValuesWithin(division!.Value), schoolNo.Length == 0 ? null : schoolNo, request.MissingOnly, after, size + 1, ct);
        var known = await store.ReadAsync<LawTerm>(page.Take(size).Select(p => p.Id), ct);
        return new() { Terms = { page.Take(size).Select(p => Shown(known[p.Id])) }, NextPageToken = page.Count > size ? page[size - 1].ToString() : "" };
    }

    private V1.LawTerm Shown(LawTerm known) => new()
    {
        LawTermId = known.Id.ToString(), Version = known.Lessons.Count, DivisionCode = tree.Code(known.Of!.School).ToString(), SchoolNo = known.Of.SchoolNo, Term = known.Of.Term,
        Until = TermText.Written(known.Facts!.Until),
        Lessons = { known.Lessons.Select(l => new V1.LawLesson { On = TermText.Written(l.On), ClassNo = l.ClassNo ?? "", Topic = (V1.LawTopic)l.Topic, Attended = l.Attended }) },
    };
}
